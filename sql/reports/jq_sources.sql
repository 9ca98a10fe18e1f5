-- Where each memory came from.
-- parameters: account_key (null = all)
select *
from memory_sources
where $account_key is null or account_key = $account_key
order by account_key, memory_id;
