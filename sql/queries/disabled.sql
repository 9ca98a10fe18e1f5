-- grain:    one row per memory that is off, in the order of its last change
-- key:      account_key, memory_id
-- reads:    memories
-- example:  memlake query disabled
-- column:   account_key - whose memory it is
-- column:   memory_id - its id, for memlake show
-- column:   content - what the assistant remembers
-- column:   updated_at - when the provider last changed it, UTC; null if unknown
-- The memories that are switched off, by the time of their last change
select
    account_key,
    memory_id,
    content,
    updated_at
from memories
where state <> 'deleted'
    and channel <> 'likely'
    and enabled is false
order by account_key, updated_at nulls first, content;
