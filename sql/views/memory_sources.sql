-- relation: memory_sources
-- grain:    exactly one row per memory
-- key:      account_key, memory_id
-- reads:    memories
-- column:   title - title of the source conversation; null: not looked up yet
-- column:   url - address of the source conversation; null: not looked up yet
-- column:   conversation_id - the source conversation; null: not looked up yet
-- column:   message_id - the source message; null: not looked up yet
-- example:  select level, count(*) from memory_sources group by level
-- Which conversation a memory came from. level is null until it was looked up.
create or replace view memory_sources as
select
    account_key,
    memory_id,
    null::varchar as level,
    null::double as confidence,
    null::varchar as conversation_id,
    null::varchar as title,
    null::varchar as url,
    null::varchar as message_id,
    null::timestamptz as message_at,
    null::varchar as quote,
    null::varchar as said_by,
    null::varchar as event_message_id,
    null::varchar as runner_up_conversation_id,
    'not looked up yet' as why
from memories;
