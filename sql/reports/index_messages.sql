-- The messages with a text of some conversations, in any order. `message_place` counts them all, by conversation as
-- these are given and then in reading order; one that a person saw or wrote is_spoken.
-- parameters: account_keys, conversation_ids
with

wanted as (
    select
        unnest($account_keys::varchar[]) as account_key,
        unnest($conversation_ids::varchar[]) as conversation_id,
        unnest(range(len($account_keys))) as conversation_place
),

placed as (
    select
        w.account_key,
        w.conversation_id,
        w.conversation_place,
        m.message_id,
        row_number() over (order by w.conversation_place, m.position, m.message_id) - 1 as message_place
    from messages m
    join wanted w using (account_key, conversation_id)
    where coalesce(m.spoken_text, m.text) <> ''
)

select
    p.message_place,
    p.conversation_place,
    m.message_id,
    m.role,
    m.position,
    staging.is_spoken(m.role, m.is_hidden, m.recipient, m.content_type) as is_spoken,
    epoch(m.created_at) as said_at,
    coalesce(m.spoken_text, m.text) as text
from messages m
join placed p using (account_key, conversation_id, message_id);
