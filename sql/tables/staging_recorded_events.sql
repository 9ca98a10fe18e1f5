-- relation: staging.recorded_events
-- grain:    one row per recorded call of the assistant's memory tool, as the newest record of its conversation tells it
-- key:      account_key, conversation_id, message_id, event_index
-- reads:    raw.events, staging.conversation_records
-- Calls on every branch, united over all exports.
create or replace table staging.recorded_events as
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
    v.line_number,
    v.capacity_used,
    coalesce(v.is_list_edit, false) as is_list_edit,
    v.record_key
from raw.events v
join staging.conversation_records r using (record_key, conversation_id)
qualify row_number() over (
    partition by r.account_key, v.conversation_id, v.message_id, v.event_index
    order by r.record_rank desc
) = 1;
