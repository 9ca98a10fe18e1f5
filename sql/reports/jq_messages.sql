-- The messages of some conversations, in the order in which these are given and then of reading.
-- parameters: account_keys, conversation_ids
with wanted as (
    select
        unnest($account_keys::varchar[]) as account_key,
        unnest($conversation_ids::varchar[]) as conversation_id,
        unnest(range(len($account_keys))) as conversation_place
)
select m.*
from messages m
join wanted w using (account_key, conversation_id)
order by w.conversation_place, m.position;
