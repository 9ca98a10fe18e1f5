-- What each export changed in the conversations: how many of each kind, and the first ones of each by name.
-- parameters: account_key (null = all), named_count
select
    to_export_id as export_id,
    change_kind,
    conversation_id,
    title_before,
    title_after,
    reason,
    count(*) over (partition by to_export_id, change_kind) as change_count
from conversation_changes
where $account_key is null or account_key = $account_key
qualify row_number() over (
    partition by to_export_id, change_kind
    order by changed_at nulls last, title_after, title_before, conversation_id
) <= $named_count
order by export_id, change_kind, changed_at nulls last, title_after, title_before, conversation_id;
