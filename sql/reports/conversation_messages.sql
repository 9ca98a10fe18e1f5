-- The turns of one conversation in reading order.
-- parameters: account_key, conversation_id
with calls as (
    select
        message_id,
        string_agg(action, ', ' order by event_index) as action
    from memory_events
    where account_key = $account_key
        and conversation_id = $conversation_id
    group by message_id
)
select
    m.message_id,
    m.position,
    m.role,
    m.author_name,
    m.recipient,
    m.content_type,
    m.text,
    m.spoken_text,
    m.created_at,
    m.is_on_active_path,
    m.is_hidden,
    m.is_voice,
    v.action
from messages m
left join calls v using (message_id)
where m.account_key = $account_key
    and m.conversation_id = $conversation_id
order by m.position;
