-- Some messages, long ones cut, in the order in which they are given; one that a person saw or wrote is_spoken.
-- parameters: account_keys, conversation_ids, message_ids, most_characters
with

wanted as (
    select
        unnest($account_keys) as account_key,
        unnest($conversation_ids) as conversation_id,
        unnest($message_ids) as message_id,
        unnest(range(len($message_ids))) as place
)

select
    left(m.text, $most_characters) as text,
    m.role = 'user' as is_by_user,
    m.role in ('user', 'assistant') and not m.is_hidden and not staging.is_tool_layer(m.role, m.recipient, m.content_type) as is_spoken,
    epoch(m.created_at) as created_at
from wanted w
join messages m using (account_key, conversation_id, message_id)
order by w.place;
