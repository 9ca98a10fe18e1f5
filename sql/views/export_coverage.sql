-- relation: export_coverage
-- grain:    one row per export per entity
-- key:      export_id, entity
-- reads:    staging.exports, staging.coverage
-- example:  select * from export_coverage where status <> 'complete'
-- Did an export hold an entity whole? complete, partial or absent; absence from a partial list means nothing.
create or replace view export_coverage as
select
    x.export_id,
    v.entity,
    v.status,
    v.reason
from staging.coverage v
join staging.exports x using (export_key);
