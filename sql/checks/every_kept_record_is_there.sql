-- A sighting that was kept refers to a record, and every record was seen.
select
    s.export_key,
    s.record_key
from raw.sightings s
left join raw.records r using (record_key)
where s.disposition in ('kept', 'duplicate')
    and r.record_key is null
union all
select
    null,
    r.record_key
from raw.records r
anti join raw.sightings s using (record_key);
