-- What an archive was made of, in the order of the ids.
-- parameters: account_key (null = all)
select
    export_id,
    account_key,
    file_name,
    content_sha256
from exports
where $account_key is null or account_key = $account_key
order by export_id;
