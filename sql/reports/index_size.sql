-- How many bytes of text some conversations have.
-- parameters: account_keys, conversation_ids
with

wanted as (
    select
        unnest($account_keys::varchar[]) as account_key,
        unnest($conversation_ids::varchar[]) as conversation_id
)

select coalesce(sum(strlen(coalesce(m.spoken_text, m.text))), 0)::bigint as text_bytes
from messages m
join wanted w using (account_key, conversation_id);
