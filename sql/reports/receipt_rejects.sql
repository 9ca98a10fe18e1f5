-- The first records of an export that could not be read.
-- parameters: export_key
select
    m.name as file_name,
    r.row_number,
    r.reason
from raw.rejects r
join raw.members m using (export_key, member_key)
where r.export_key = $export_key
order by r.member_key, r.row_number
limit 20;
