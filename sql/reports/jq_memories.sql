-- The memories in the shape of memory.json, oldest first, undated ones as they stand in their text: enabled unless
-- known not to be, an unknown time empty.
-- parameters: account_key (null = all), is_all (also deleted ones and likely saves)
select
    m.memory_id as id,
    m.content,
    m.enabled is not false as enabled,
    m.created_at,
    m.updated_at
from memories m
where ($account_key is null or m.account_key = $account_key)
    and ($is_all or (m.state <> 'deleted' and m.channel <> 'likely'))
order by m.account_key, m.created_at nulls last, m.scope nulls first, m.position, m.memory_id;
