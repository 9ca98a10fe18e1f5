-- relation: memory_events
-- grain:    one row per recorded call of the assistant's memory tool, never split
-- key:      account_key, conversation_id, message_id, event_index
-- reads:    raw.events, staging.conversation_records
-- example:  select occurred_at, action, content from memory_events order by occurred_at
-- column:   text_key - identity of the text that it saves or names to be forgotten; * if that is everything
-- Calls on every branch, united over all exports. An older export may hold calls that a newer one leaves out.
create or replace table memory_events as
select
    r.account_key,
    v.conversation_id,
    v.message_id,
    v.event_index,
    v.occurred_at,
    v.action,
    v.content,
    v.is_acknowledged,
    v.prompt_message_id,
    v.is_requested,
    v.text_key,
    v.record_key
from raw.events v
join staging.conversation_records r using (record_key, conversation_id)
qualify row_number() over (
    partition by r.account_key, v.conversation_id, v.message_id, v.event_index
    order by r.record_rank desc
) = 1;
