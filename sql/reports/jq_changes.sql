-- All changes of memories that the exports show, oldest first.
-- parameters: account_key (null = all)
select *
from memory_changes
where $account_key is null or account_key = $account_key
order by account_key, changed_before, to_export_id, memory_id, change_kind;
