-- grain:    one row per account
-- key:      account_key
-- reads:    memories
-- example:  memlake query count
-- column:   account_key - whose memories
-- column:   memories - those that are there: not deleted, likely saves left out
-- column:   enabled - of those, the ones not known to be off
-- column:   disabled - of those, the ones known to be off
-- column:   unknown - of those, the ones that may be gone: nothing tells whether they are still there
-- How many memories there are
select
    account_key,
    count(*) as memories,
    count(*) filter (where enabled is not false) as enabled,
    count(*) filter (where enabled is false) as disabled,
    count(*) filter (where state = 'unknown') as unknown
from memories
where state <> 'deleted'
    and channel <> 'likely'
group by account_key
order by account_key;
