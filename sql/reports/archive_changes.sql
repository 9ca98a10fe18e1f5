-- What each export changed in the memories, and facts about whole lists, in the order of the memories in an export.
-- parameters: account_key (null = all)
select
    to_export_id as export_id,
    change_type,
    change_kind,
    memory_id,
    content_before,
    content_after,
    changed_after,
    changed_before,
    changed_at,
    reason
from memory_changes
where ($account_key is null or account_key = $account_key)
    and (change_kind, change_type) is distinct from ('reidentified', 'delete')
order by to_export_id, change_kind, changed_at nulls last, content_after, content_before, memory_id;
