-- The texts of some messages, long ones cut, in the order in which they are given.
-- parameters: account_keys, conversation_ids, message_ids, most_characters (one for each)
with

wanted as (
    select
        unnest($account_keys::varchar[]) as account_key,
        unnest($conversation_ids::varchar[]) as conversation_id,
        unnest($message_ids::varchar[]) as message_id,
        unnest($most_characters::bigint[]) as most_characters,
        unnest(range(len($message_ids))) as place
)

select left(coalesce(m.spoken_text, m.text), w.most_characters) as text
from wanted w
join messages m using (account_key, conversation_id, message_id)
order by w.place;
