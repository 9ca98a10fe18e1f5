-- What the conversations and messages are of, in order, and how long the texts of each are.
-- parameters: account_key (null = all)
select
    account_key,
    conversation_id,
    coalesce(sum(strlen(m.text)), 0)::bigint as text_bytes
from conversations c
full join messages m using (account_key, conversation_id)
where $account_key is null or account_key = $account_key
group by account_key, conversation_id
order by account_key, conversation_id;
