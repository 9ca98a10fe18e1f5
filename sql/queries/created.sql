-- grain:    one row per memory created in that year, the oldest first
-- key:      account_key, memory_id
-- reads:    memories
-- parameter: year (year) - the year in UTC, such as 2025
-- example:  memlake query created -p year=2025
-- column:   account_key - whose memory it is
-- column:   memory_id - its id, for memlake show
-- column:   content - what the assistant remembers
-- column:   created_at - when it was created, UTC; null if unknown
-- column:   state - active, disabled, or unknown: nothing tells whether it is still there
-- The memories of one year
select
    account_key,
    memory_id,
    content,
    created_at,
    state
from memories
where state <> 'deleted'
    and channel <> 'likely'
    and strftime(make_timestamp(epoch_us(created_at)), '%Y') = $year
order by account_key, created_at nulls last, memory_id;
