-- grain:    one row per memory that is not known to be off, the oldest first
-- key:      account_key, memory_id
-- reads:    memories
-- example:  memlake query enabled
-- column:   account_key - whose memory it is
-- column:   memory_id - its id, for memlake show
-- column:   content - what the assistant remembers
-- column:   created_at - when it was created, UTC; null if unknown
-- column:   state - active, or unknown: nothing tells whether it is still there
-- The memories that are switched on, and those that may be
select
    account_key,
    memory_id,
    content,
    created_at,
    state
from memories
where state <> 'deleted'
    and channel <> 'likely'
    and enabled is not false
order by account_key, created_at nulls last, memory_id;
