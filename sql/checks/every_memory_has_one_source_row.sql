-- memory_sources has exactly one row per memory.
select
    m.account_key,
    m.memory_id
from memories m
left join memory_sources s using (account_key, memory_id)
group by m.account_key, m.memory_id
having count(s.memory_id) <> 1;
