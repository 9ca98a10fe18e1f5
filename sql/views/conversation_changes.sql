-- relation: conversation_changes
-- grain:    one row per conversation per kind of difference per export, and one per export that does not hold them all
-- key:      account_key, conversation_id, to_export_id, change_kind
-- reads:    staging.conversation_changes, staging.conversation_lists
-- column:   from_export_id - the last export before it that held all conversations; null = none
-- column:   change_type - insert, update or delete; null for what concerns an export as a whole
-- column:   change_kind - new, returned (insert); continued, renamed, archived, unarchived, moved to another project (update); vanished (delete); not_comparable
-- column:   message_count - how many messages were added to a continued one, without tools and context; else null
-- column:   reason - what it rests on, or why an export cannot tell
-- example:  select changed_before::date as by_date, change_kind, title_after from conversation_changes where from_export_id is not null order by changed_before
-- Every change that the exports show, in the order of their dates. A conversation has vanished only if an export that
-- held all of them lacks it; an export that did not hold all is a row not_comparable, and adds what it shows.
create or replace view conversation_changes as
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
    case when change_type <> 'delete' then title_after end as title_after,
    project_before,
    case when change_type <> 'delete' then project_after end as project_after,
    message_count,
    nullif(reason, '') as reason
from staging.conversation_changes
union all by name
select
    t.account_key,
    f.export_id as from_export_id,
    t.export_id as to_export_id,
    'not_comparable' as change_kind,
    f.exported_at as changed_after,
    t.exported_before as changed_before,
    t.why_not_whole as reason
from staging.conversation_lists t
left join staging.conversation_lists f on f.export_rank = t.previous_whole_rank
where not t.is_whole;
