-- macro:    conversation_changes
-- grain:    one row per conversation per kind of difference between two exports, or one row not_comparable
-- reads:    export(), staging.conversation_lists, staging.conversation_changes
-- example:  select change_kind, title_before, title_after from conversation_changes('2025-09-30', '2026-01-12')
-- What turns the conversations of the first export into those of the second, in the columns of conversation_changes;
-- each argument is an id, its beginning, or what export() takes. What changed and changed back is no difference; what
-- the older one does not tell is as the next one tells it. The other way round all is undone, but messages that were
-- seen once stay known: continued is left out.
create or replace macro conversation_changes(a, b) as table
with

sides as (
    select
        f.export_id as from_id,
        t.export_id as to_id,
        t.account_key,
        least(f.export_rank, t.export_rank) as older_rank,
        greatest(f.export_rank, t.export_rank) as newer_rank,
        least(f.exported_at, t.exported_at) as older_at,
        greatest(f.exported_before, t.exported_before) as newer_before,
        f.export_rank > t.export_rank as is_backwards,
        case
            when f.account_key <> t.account_key then 'they are of two accounts'
            when not f.is_whole then f.export_id || ': ' || f.why_not_whole
            when not t.is_whole then t.export_id || ': ' || t.why_not_whole
        end as obstacle
    from staging.conversation_lists f
    cross join staging.conversation_lists t
    where f.export_id = export(a)
        and t.export_id = export(b)
),

changes_between as (
    select c.*
    from staging.conversation_changes c
    join sides s
        on s.account_key = c.account_key
        and s.older_rank < c.to_rank
        and s.newer_rank >= c.to_rank
    where s.obstacle is null
),

ends as (
    select
        conversation_id,
        coalesce(first(change_type order by to_rank) filter (where aspect = 'existence') = 'delete', true) as was_held,
        coalesce(last(change_type order by to_rank) filter (where aspect = 'existence') = 'insert', true) as is_held,
        first(title_before order by to_rank) as older_title,
        last(title_after order by to_rank) as newer_title,
        first(project_before order by to_rank) as older_project,
        last(project_after order by to_rank) as newer_project
    from changes_between
    group by conversation_id
),

aspects as (
    select
        conversation_id,
        aspect,
        count(*) as change_count,
        first(change_kind order by to_rank) as change_kind,
        first(changed_after order by to_rank) as changed_after,
        last(changed_before order by to_rank) as changed_before,
        last(changed_at order by to_rank) as changed_at,
        sum(message_count)::bigint as message_count,
        last(reason order by to_rank) as reason
    from changes_between
    group by conversation_id, aspect
),

differences as (
    select
        s.account_key,
        s.from_id,
        s.to_id,
        s.is_backwards,
        c.* replace (
            case
                when not s.is_backwards then c.change_kind
                when c.aspect = 'existence' and n.is_held then 'vanished'
                when c.aspect = 'existence' then 'returned'
                when c.change_kind = 'archived' then 'unarchived'
                when c.change_kind = 'unarchived' then 'archived'
                else c.change_kind
            end as change_kind
        ),
        case when s.is_backwards then n.newer_title else n.older_title end as title_before,
        case when s.is_backwards then n.older_title else n.newer_title end as title_after,
        case when s.is_backwards then n.newer_project else n.older_project end as project_before,
        case when s.is_backwards then n.older_project else n.newer_project end as project_after
    from aspects c
    join ends n using (conversation_id)
    cross join sides s
    where case
        when c.aspect = 'existence' then n.was_held <> n.is_held
        when not (n.was_held and n.is_held) then false
        when c.aspect = 'messages' then not s.is_backwards
        when c.aspect = 'title' then n.older_title <> n.newer_title
        when c.aspect = 'project' then n.older_project is distinct from n.newer_project
        else c.change_count % 2 = 1
    end
)

select
    account_key,
    conversation_id,
    from_id as from_export_id,
    to_id as to_export_id,
    case
        when change_kind in ('new', 'returned') then 'insert'
        when change_kind = 'vanished' then 'delete'
        else 'update'
    end as change_type,
    change_kind,
    changed_after,
    changed_before,
    case when not is_backwards then changed_at end as changed_at,
    title_before,
    case when change_kind <> 'vanished' then title_after end as title_after,
    project_before,
    case when change_kind <> 'vanished' then project_after end as project_after,
    message_count,
    case when not is_backwards then nullif(reason, '') end as reason
from differences
union all by name
select
    account_key,
    from_id as from_export_id,
    to_id as to_export_id,
    'not_comparable' as change_kind,
    older_at as changed_after,
    newer_before as changed_before,
    obstacle as reason
from sides
where obstacle is not null;
