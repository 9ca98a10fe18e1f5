-- The conversations that a memory was in force in, oldest first.
-- parameters: account_key, memory_id
select
    account_key,
    conversation_id,
    title,
    url,
    created_at,
    in_force_from,
    in_force_to,
    content,
    enabled,
    is_uncertain,
    why
from conversations_with_memory($memory_id)
where account_key = $account_key
order by created_at nulls last, conversation_id;
