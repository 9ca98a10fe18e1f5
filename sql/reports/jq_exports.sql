-- The exports, the newest first.
-- parameters: account_key (null = all)
select
    x.export_key,
    e.file_name,
    x.exported_at
from staging.exports x
join raw.exports e using (export_key)
where $account_key is null or x.account_key = $account_key
order by x.exported_at desc nulls last, x.export_rank desc, x.export_key;
