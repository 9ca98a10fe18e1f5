-- The messages of some conversations, in any order; conversation_place counts these as they are given. One that a
-- person saw or wrote is_spoken; said_at is its time in words.
-- parameters: account_keys, conversation_ids
with wanted as (
    select
        unnest($account_keys::varchar[]) as account_key,
        unnest($conversation_ids::varchar[]) as conversation_id,
        unnest(range(len($account_keys))) as conversation_place
)
select
    w.conversation_place,
    m.message_id,
    m.parent_id,
    m.position,
    m.role,
    m.author_name,
    m.recipient,
    m.content_type,
    m.text,
    m.spoken_text,
    strftime(make_timestamp(epoch_us(m.created_at)), '%Y-%m-%d %H:%M UTC') as said_at,
    m.model,
    m.is_voice,
    m.is_on_active_path,
    coalesce(
        m.role in ('user', 'assistant')
            and m.is_hidden is not true
            and not staging.is_tool_layer(m.role, m.recipient, m.content_type)
            and m.content_type not in ('thoughts', 'reasoning_recap'),
        m.role in ('user', 'assistant')
    ) as is_spoken
from messages m
join wanted w using (account_key, conversation_id);
