-- What each export changed in the conversations: how many are new or continued, and every other change by itself.
-- parameters: account_key (null = all)
with

told as (
    select
        to_export_id as export_id,
        change_kind,
        conversation_id,
        title_before,
        title_after,
        reason
    from conversation_changes
    where $account_key is null or account_key = $account_key
)

select
    *,
    1 as change_count
from told
where change_kind not in ('new', 'continued')
union all by name
select
    export_id,
    change_kind,
    count(*) as change_count
from told
where change_kind in ('new', 'continued')
group by export_id, change_kind
order by export_id, change_kind, title_after, title_before, conversation_id;
