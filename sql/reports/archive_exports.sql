-- The exports of an archive, the newest first; those without a date at the end.
-- parameters: account_key (null = all)
select
    export_id,
    account_key,
    exported_at,
    file_name,
    memory_count
from exports
where $account_key is null or account_key = $account_key
order by exported_at desc nulls last, account_key, export_id;
