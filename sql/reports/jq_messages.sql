-- All messages, in the order of conversations and then of reading.
-- parameters: account_key (null = all)
select *
from messages
where $account_key is null or account_key = $account_key
order by account_key, conversation_id, position;
