-- Records in = stored + unchanged + duplicate + ignored + rejected, for every file.
select
    m.export_key,
    m.name,
    m.record_count,
    count(s.row_number) as accounted_count
from raw.members m
left join raw.sightings s using (export_key, member_key)
group by m.export_key, m.member_key, m.name, m.record_count
having count(s.row_number) <> m.record_count;
