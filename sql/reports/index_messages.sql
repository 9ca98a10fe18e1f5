-- The messages with a text of some conversations, in the order in which these are given and in reading order.
-- parameters: account_keys, conversation_ids
with

wanted as (
    select
        unnest($account_keys) as account_key,
        unnest($conversation_ids) as conversation_id,
        unnest(range(len($account_keys))) as place
)

select
    w.place,
    m.message_id,
    m.role,
    m.position,
    m.text
from messages m
join wanted w using (account_key, conversation_id)
where m.text <> ''
order by w.place, m.position, m.message_id;
