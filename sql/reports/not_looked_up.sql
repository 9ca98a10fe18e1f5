-- How many memories have no recorded source and were not looked up yet.
-- parameters: account_key (null = all)
select count(*)
from memory_sources s
where s.level is null
    and ($account_key is null or account_key = $account_key);
