-- relation: staging.prose_kinds
-- grain:    one row per export per kind of texts that it holds whole and with something in them
-- key:      export_key, kind
-- reads:    raw.prose, raw.sightings, staging.coverage
-- Kinds: account, project, file. Only of those does an export show that a statement is gone: one with a damaged file, or
-- without a place in time, shows of no kind that it lacks something.
create or replace table staging.prose_kinds as
select distinct
    s.export_key,
    split_part(p.scope, ':', 1) as kind
from raw.prose p
join raw.sightings s using (record_key)
join staging.coverage v using (export_key)
where p.statement_count > 0
    and s.disposition = 'kept'
    and v.entity = 'memories'
    and v.status = 'complete'
    and v.is_placed;
