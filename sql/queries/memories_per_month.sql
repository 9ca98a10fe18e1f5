-- grain:    one row per account and month in which memories were created
-- key:      account_key, month
-- reads:    memories
-- example:  memlake query memories-per-month
-- column:   account_key - whose memories
-- column:   month - of their creation, UTC; null: unknown
-- column:   created - how many, those included that are gone by now; likely saves left out
-- column:   asked_for - of those, the ones that you asked for
-- column:   by_itself - of those, the ones that the assistant saved by itself
-- column:   still_there - of those, the ones that are not deleted
-- How many memories each month brought, and who wanted them
select
    account_key,
    strftime(make_timestamp(epoch_us(created_at)), '%Y-%m') as month,
    count(*) as created,
    count(*) filter (where origin = 'requested') as asked_for,
    count(*) filter (where origin = 'auto') as by_itself,
    count(*) filter (where state <> 'deleted') as still_there
from memories
where channel <> 'likely'
group by account_key, month
order by account_key, month nulls first;
