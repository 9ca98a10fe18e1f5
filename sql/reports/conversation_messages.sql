-- The turns of one conversation in reading order.
-- parameters: account_key, conversation_id
select
    m.message_id,
    m.position,
    m.role,
    m.author_name,
    m.recipient,
    m.content_type,
    m.text,
    m.created_at,
    m.is_on_active_path,
    m.is_hidden,
    m.is_voice,
    v.action
from messages m
left join memory_events v using (account_key, conversation_id, message_id)
where m.account_key = $account_key
    and m.conversation_id = $conversation_id
order by m.position;
