-- What recorded calls of the memory tool did in each message, in order.
-- parameters: account_key (null = all)
select
    account_key,
    conversation_id,
    message_id,
    string_agg(action, ', ' order by event_index) as action
from memory_events
where $account_key is null or account_key = $account_key
group by account_key, conversation_id, message_id;
