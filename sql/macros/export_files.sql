-- macro:    export_files
-- grain:    one row per file of the exports whose ids begin with the argument
-- key:      export_id, file_name
-- reads:    raw.members, raw.sightings, staging.exports
-- example:  from export_files('')
-- The balance of an export: records = kept + duplicate + ignored + rejected, for every file in it; of a delivery in parts the name of a file begins with its part.
create or replace macro export_files(export) as table
select
    x.export_id,
    m.name as file_name,
    m.entity,
    m.status,
    m.reason,
    m.size_bytes,
    m.record_count as records,
    count(*) filter (where s.disposition = 'kept') as kept,
    count(*) filter (where s.disposition = 'duplicate') as duplicate,
    count(*) filter (where s.disposition = 'ignored') as ignored,
    count(*) filter (where s.disposition = 'rejected') as rejected
from staging.exports x
join raw.members m using (export_key)
left join raw.sightings s using (export_key, member_key)
where starts_with(x.export_id, export)
group by all
order by x.export_id, m.name;
