-- The memories that were in force during a conversation, oldest first.
-- parameters: account_key, conversation_id
select
    account_key,
    memory_id,
    content,
    enabled,
    in_force_from,
    in_force_to,
    is_uncertain,
    why
from memories_in_force($conversation_id)
where account_key = $account_key
order by is_uncertain, in_force_from nulls last, memory_id;
