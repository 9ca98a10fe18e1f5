-- relation: rejects
-- grain:    one row per record that could not be read
-- key:      export_id, file_name, row_number
-- reads:    raw.rejects, raw.members, staging.exports
-- example:  select file_name, row_number, reason from rejects
-- row_number counts from 1 inside its file. The record itself stays in the raw zone.
create or replace view rejects as
select
    x.export_id,
    m.name as file_name,
    r.row_number,
    r.reason,
    r.excerpt
from raw.rejects r
join raw.members m using (export_key, member_key)
join staging.exports x using (export_key);
