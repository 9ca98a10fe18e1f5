-- grain:    one row per memory in force, the longest untouched first
-- key:      account_key, memory_id
-- reads:    memories
-- parameter: months (whole number) = 6 - only those that nothing touched for so many months
-- example:  memlake query untouched -p months=12
-- column:   account_key - whose memory it is
-- column:   memory_id - its id, for memlake show
-- column:   content - what the assistant remembers
-- column:   touched_at - when it was created or last changed, UTC; where neither is known, when it was first seen
-- column:   last_seen_at - the latest time at which an export or a conversation shows it
-- The memories that were not changed for the longest time: are they still true?
select
    account_key,
    memory_id,
    content,
    coalesce(greatest(created_at, updated_at), first_seen_at) as touched_at,
    last_seen_at
from memories
where state = 'active'
    and channel <> 'likely'
    and coalesce(touched_at < since($months || ' months'), true)
order by account_key, touched_at nulls first, memory_id;
