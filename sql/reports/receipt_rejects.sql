-- The first records of an export that could not be read, or not all of them.
-- parameters: export_key
with

unreadable as (
    select
        member_key,
        row_number,
        reason
    from raw.rejects
    where export_key = $export_key
    union all
    select
        s.member_key,
        s.row_number,
        u.reason
    from raw.sightings s
    join raw.unread_parts u using (record_key)
    where s.export_key = $export_key
)

select
    m.name as file_name,
    r.row_number,
    r.reason
from unreadable r
join raw.members m
    on m.export_key = $export_key
    and m.member_key = r.member_key
order by m.name, r.row_number
limit 20;
