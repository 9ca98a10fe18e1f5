-- One conversation by its exact id.
-- parameters: account_key, conversation_id
select
    account_key,
    conversation_id,
    title,
    url,
    created_at,
    updated_at,
    message_count,
    project_id,
    model,
    memory_scope,
    is_do_not_remember,
    is_archived,
    is_vanished,
    has_tool_layer,
    first_seen_at,
    last_seen_at
from conversations
where account_key = $account_key
    and conversation_id = $conversation_id;
