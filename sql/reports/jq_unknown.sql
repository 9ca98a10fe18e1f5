-- One number: how many of the memories in the shape of memory.json may be gone.
-- parameters: account_key (null = all)
select count(*)
from memories
where state = 'unknown'
    and channel <> 'likely'
    and ($account_key is null or account_key = $account_key);
