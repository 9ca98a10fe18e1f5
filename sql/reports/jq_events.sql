-- The recorded calls of the memory tool, oldest first.
-- parameters: account_key (null = all)
select *
from memory_events
where $account_key is null or account_key = $account_key
order by account_key, occurred_at, conversation_id, message_id, event_index;
