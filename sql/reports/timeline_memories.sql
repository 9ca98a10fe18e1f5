-- The memories of an account, oldest first, those without a date in the order of their text; likely saves are none.
-- parameters: account_key
select
    memory_id,
    content,
    state,
    created_at
from memories
where account_key = $account_key
    and channel <> 'likely'
order by created_at nulls last, scope nulls first, position, memory_id;
