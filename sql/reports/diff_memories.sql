-- The net difference between the memory lists of two exports.
-- parameters: before_export, after_export
select
    account_key,
    memory_id,
    from_export_id,
    to_export_id,
    change_type,
    change_kind,
    changed_after,
    changed_before,
    changed_at,
    content_before,
    content_after,
    enabled_before,
    enabled_after,
    reason
from memory_changes($before_export, $after_export)
order by changed_at nulls last, changed_before, memory_id, change_kind;
