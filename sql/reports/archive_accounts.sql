-- The accounts of an archive, by key.
-- parameters: account_key (null = all)
select
    account_key,
    provider,
    label
from accounts
where $account_key is null or account_key = $account_key
order by account_key;
