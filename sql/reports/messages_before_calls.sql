-- The visible messages before some recorded calls, and what tools read out there, each on the path of its call, the nearest first.
-- parameters: accounts, conversations, messages
with recursive

calls as (
    select
        unnest($accounts::varchar[]) as account_key,
        unnest($conversations::varchar[]) as conversation_id,
        unnest($messages::varchar[]) as event_message_id
),

nodes as materialized (
    select
        account_key,
        conversation_id,
        message_id,
        parent_id
    from messages
    semi join calls using (account_key, conversation_id)
),

path as (
    select
        account_key,
        conversation_id,
        event_message_id,
        event_message_id as message_id,
        0 as steps
    from calls
    union all
    select
        p.account_key,
        p.conversation_id,
        p.event_message_id,
        n.parent_id,
        p.steps + 1
    from path p
    join nodes n using (account_key, conversation_id, message_id)
    where n.parent_id is not null
        and p.steps < 20
)

select
    p.account_key,
    p.conversation_id,
    p.event_message_id,
    p.message_id,
    m.role,
    coalesce(m.spoken_text, m.text) as text,
    p.steps
from path p
join messages m using (account_key, conversation_id, message_id)
where p.steps > 0
    and m.role in ('user', 'assistant', 'tool')
    and coalesce(m.spoken_text, m.text) <> ''
    and m.is_hidden is not true
    and (m.role = 'tool' and m.recipient = 'all' or not staging.is_tool_layer(m.role, m.recipient, m.content_type))
order by p.account_key, p.conversation_id, p.event_message_id, p.steps;
