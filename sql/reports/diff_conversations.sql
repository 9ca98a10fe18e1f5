-- The net difference between the conversations of two exports.
-- parameters: before_export, after_export
select
    account_key,
    conversation_id,
    from_export_id,
    to_export_id,
    change_type,
    change_kind,
    changed_after,
    changed_before,
    changed_at,
    title_before,
    title_after,
    project_before,
    project_after,
    message_count,
    reason
from conversation_changes($before_export, $after_export)
order by changed_at nulls last, changed_before, conversation_id, change_kind;
