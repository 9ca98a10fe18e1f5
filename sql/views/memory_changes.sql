-- relation: memory_changes
-- grain:    one row per memory per kind of difference per export, and one per fact about a whole list
-- key:      account_key, memory_id, to_export_id, change_kind
-- reads:    staging.memory_changes, staging.memory_lists
-- column:   reason - what it rests on, or why an export cannot tell
-- example:  select changed_before::date as by_date, change_kind, content_before, content_after from memory_changes where from_export_id is not null order by changed_before
-- Every change that the exports show, in the order of their dates. Compared are lists that an export held whole; one
-- that did not is a row not_comparable. Prose in other words is in memory_versions alone. A list that is empty after one that was not: list_emptied, deleted or switched off.
create or replace view memory_changes as
select
    c.account_key,
    c.memory_id,
    f.export_id as from_export_id,
    t.export_id as to_export_id,
    c.change_type,
    c.change_kind,
    c.changed_after,
    c.changed_before,
    c.changed_at,
    c.content_before,
    c.content_after,
    c.enabled_before,
    c.enabled_after,
    nullif(c.reason, '') as reason
from staging.memory_changes c
join staging.memory_lists t on t.export_key = c.to_export_key
left join staging.memory_lists f on f.export_key = c.from_export_key
where c.change_kind <> 'reworded'
union all
select
    t.account_key,
    null,
    f.export_id,
    t.export_id,
    null,
    case
        when not t.is_whole then 'not_comparable'
        when t.memory_count = 0 then 'list_emptied'
        else 'list_returned'
    end,
    f.exported_at,
    t.exported_before,
    null,
    null,
    null,
    null,
    null,
    case
        when not t.is_whole then t.why_not_whole
        when t.memory_count = 0 then 'all deleted, or memory switched off: the export cannot tell'
        else 'the list was empty before: switched on again, or filled anew'
    end
from staging.memory_lists t
left join staging.memory_lists f on f.export_rank = t.previous_whole_rank
where not t.is_whole
    or (t.previous_filled_rank is not null and (t.memory_count = 0) <> (f.memory_count = 0));
