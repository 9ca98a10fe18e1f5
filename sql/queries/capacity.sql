-- grain:    one row per recorded call whose reply tells how full the memory is, the newest first
-- key:      account_key, conversation_id, occurred_at, content
-- reads:    memory_events, conversations
-- example:  memlake query capacity
-- column:   account_key - whose memory
-- column:   occurred_at - when the tool was called, UTC
-- column:   used - how full the memory was afterwards: 0 is empty, 1 is full
-- column:   content - the text that the call saved or named
-- column:   title - the chat that it happened in
-- column:   conversation_id - the chat, for memlake show
-- How full the memory was after each save, as the assistant was told
select
    e.account_key,
    e.occurred_at,
    e.capacity_used as used,
    e.content,
    c.title,
    e.conversation_id
from memory_events e
join conversations c using (account_key, conversation_id)
where e.capacity_used is not null
order by e.occurred_at desc nulls last, e.account_key, e.conversation_id, e.message_id, e.event_index;
