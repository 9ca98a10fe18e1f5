-- How many bytes of text some conversations have at most, in the order in which they are given.
-- parameters: account_keys, conversation_ids
with

wanted as (
    select
        unnest($account_keys) as account_key,
        unnest($conversation_ids) as conversation_id,
        unnest(range(len($account_keys))) as place
)

select coalesce(sum(strlen(m.text)), 0)::bigint as text_bytes
from wanted w
join staging.conversation_records c using (account_key, conversation_id)
left join raw.messages m using (record_key)
group by w.place
order by w.place;
