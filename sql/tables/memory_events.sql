-- relation: memory_events
-- grain:    one row per recorded call of the assistant's memory tool, never split
-- key:      account_key, conversation_id, message_id, event_index
-- reads:    staging.recorded_events, staging.edits
-- example:  select occurred_at, action, content from memory_events order by occurred_at
-- column:   content - the text that it saves or names; null where a call names only a line of the list
-- column:   content_before - the text that stood in the line which it replaces or removes, as the calls before add up to
-- column:   line_number - from 1: the line of the list of edits that it replaces or removes
-- column:   capacity_used - how full the memory was afterwards, 0 to 1, as the tool's reply says; null: it does not
-- column:   text_key - identity of the text that it saves or that is to be forgotten; * if that is everything
-- Calls on every branch, united over all exports. An older export may hold calls that a newer one leaves out.
create or replace table memory_events as
select
    v.account_key,
    v.conversation_id,
    v.message_id,
    v.event_index,
    v.occurred_at,
    v.action,
    v.content,
    e.content as content_before,
    v.line_number,
    v.capacity_used,
    v.is_acknowledged,
    v.prompt_message_id,
    v.is_requested,
    case when v.action = 'forget' then coalesce(e.text_key, v.text_key) else v.text_key end as text_key,
    v.record_key
from staging.recorded_events v
left join staging.edits e
    on e.account_key = v.account_key
    and e.end_conversation_id = v.conversation_id
    and e.end_message_id = v.message_id
    and e.end_event_index = v.event_index
    and e.ended_by = v.action
    and v.action in ('replace', 'forget');
