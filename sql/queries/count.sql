-- grain:    one row per account
-- key:      account_key
-- reads:    memories, accounts
-- example:  memlake query count
-- column:   account_key - whose memories
-- column:   memories - those that are there: not deleted, likely saves left out
-- column:   enabled - of those, the ones not known to be off
-- column:   disabled - of those, the ones known to be off
-- column:   unknown - of those, the ones that may be gone: nothing tells whether they are still there
-- How many memories there are
select
    a.account_key,
    count(m.memory_id) as memories,
    count(m.memory_id) filter (where m.enabled is not false) as enabled,
    count(m.memory_id) filter (where m.enabled is false) as disabled,
    count(m.memory_id) filter (where m.state = 'unknown') as unknown
from accounts a
left join memories m
    on m.account_key = a.account_key
    and m.state <> 'deleted'
    and m.channel <> 'likely'
group by a.account_key
order by a.account_key;
