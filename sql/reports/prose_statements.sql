-- Every statement of every export's prose, of one account after the other, exports without a date last.
select
    x.account_key,
    x.export_key,
    m.content,
    m.scope,
    m.section,
    m.record_key
from raw.memories m
join raw.sightings s using (record_key)
join staging.exports x using (export_key)
join raw.members f using (export_key, member_key)
where m.channel = 'prose'
    and s.disposition = 'kept'
order by x.account_key, x.exported_at is null, x.export_rank, f.name, s.row_number, m.position;
