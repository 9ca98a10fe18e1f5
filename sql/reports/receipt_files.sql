-- One row per file of an export, with the balance of its records.
-- parameters: export_key, first_new_record_key
select
    m.name as file_name,
    m.entity,
    m.status,
    m.reason,
    m.record_count as records,
    count(*) filter (where s.disposition = 'kept' and s.record_key >= $first_new_record_key) as stored,
    count(*) filter (where s.disposition = 'kept' and s.record_key < $first_new_record_key) as unchanged,
    count(*) filter (where s.disposition = 'duplicate') as duplicate,
    count(*) filter (where s.disposition = 'ignored') as ignored,
    count(*) filter (where s.disposition = 'rejected') as rejected,
    coalesce(
        list_sort(list(distinct s.reason) filter (where s.disposition in ('ignored', 'rejected'))),
        []
    ) as rules
from raw.members m
left join raw.sightings s using (export_key, member_key)
where m.export_key = $export_key
group by m.member_key, m.name, m.entity, m.status, m.reason, m.record_count
order by m.name;
