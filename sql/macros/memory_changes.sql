-- macro:    memory_changes
-- grain:    one row per memory per kind of difference between two lists, or one row not_comparable
-- reads:    export(), staging.memory_lists, staging.memory_snapshots, staging.prose_kinds, staging.memory_changes
-- example:  select change_kind, content_before, content_after from memory_changes('2025-09-30', '2026-01-12')
-- What turns the list of the first export into that of the second, in the columns of memory_changes; each argument is
-- an id, its beginning, or what export() takes. Windows are those of the last such change between the
-- two. The first export may be the newer one: that reads history backwards. A statement of prose in other words is no
-- change, and of a kind of texts that the second export lacks nothing is gone.
create or replace macro memory_changes(a, b) as table
with

sides as (
    select
        f.export_key as from_key,
        f.export_id as from_id,
        f.export_rank as from_rank,
        f.exported_at as from_at,
        f.memory_count as from_count,
        t.export_key as to_key,
        t.export_id as to_id,
        t.export_rank as to_rank,
        t.exported_at as to_at,
        t.exported_before as to_before,
        t.memory_count as to_count,
        t.account_key,
        case
            when f.account_key <> t.account_key then 'they are of two accounts'
            when not f.is_whole then f.export_id || ': ' || f.why_not_whole
            when not t.is_whole then t.export_id || ': ' || t.why_not_whole
        end as obstacle
    from staging.memory_lists f
    cross join staging.memory_lists t
    where f.export_id = export(a)
        and t.export_id = export(b)
),

former as (
    select s.*
    from staging.memory_snapshots s
    join sides on from_key = s.export_key
    left join staging.prose_kinds k
        on k.export_key = to_key
        and k.kind = s.prose_kind
    left join staging.memory_snapshots t
        on t.export_key = to_key
        and t.memory_id = s.memory_id
    where obstacle is null
        and to_count > 0
        and (not s.is_prose or k.kind is not null or t.memory_id is not null)
),

latter as (
    select s.*
    from staging.memory_snapshots s
    join sides on to_key = s.export_key
    where obstacle is null
),

differences as (
    select
        coalesce(t.memory_id, f.memory_id) as memory_id,
        f.content as content_before,
        t.content as content_after,
        f.enabled as enabled_before,
        t.enabled as enabled_after,
        unnest([
            case when f.memory_id is null then 'insert' when t.memory_id is null then 'delete' end,
            case when f.content <> t.content and (not t.is_prose or f.fact_state is distinct from t.fact_state) then 'edited' end,
            case when f.enabled <> t.enabled then 'flipped' end
        ]) as difference
    from former f
    full join latter t using (memory_id)
),

explained as (
    select
        d.memory_id,
        d.difference,
        any_value(d.content_before) as content_before,
        any_value(d.content_after) as content_after,
        any_value(d.enabled_before) as enabled_before,
        any_value(d.enabled_after) as enabled_after,
        arg_max(
            {
                'change_kind': c.change_kind,
                'changed_after': c.changed_after,
                'changed_before': c.changed_before,
                'changed_at': c.changed_at,
                'reason': c.reason,
                'content_before': c.content_before,
                'enabled_before': c.enabled_before
            },
            c.to_export_rank
        ) filter (where c.memory_id is not null) as cause
    from differences d
    cross join sides s
    left join staging.memory_changes c
        on c.account_key = s.account_key
        and c.memory_id = d.memory_id
        and c.to_export_rank > s.from_rank
        and c.to_export_rank <= s.to_rank
        and (
            c.change_type = d.difference
            or c.change_kind = d.difference
            or d.difference = 'flipped' and c.change_kind in ('enabled', 'disabled')
            or d.difference in ('edited', 'flipped') and c.change_type = 'insert'
        )
    where d.difference is not null
    group by d.memory_id, d.difference
)

select
    s.account_key,
    e.memory_id,
    s.from_id as from_export_id,
    s.to_id as to_export_id,
    case when e.difference in ('insert', 'delete') then e.difference else 'update' end as change_type,
    case e.difference
        when 'insert' then coalesce(e.cause.change_kind, 'restored')
        when 'delete' then coalesce(e.cause.change_kind, 'deleted')
        when 'flipped' then case when e.enabled_after then 'enabled' else 'disabled' end
        else e.difference
    end as change_kind,
    case when e.cause is not null then e.cause.changed_after else least(s.from_at, s.to_at) end as changed_after,
    case when e.cause is not null then e.cause.changed_before else greatest(s.from_at, s.to_before) end as changed_before,
    e.cause.changed_at as changed_at,
    case e.difference when 'insert' then e.cause.content_before else e.content_before end as content_before,
    e.content_after,
    case e.difference when 'insert' then e.cause.enabled_before else e.enabled_before end as enabled_before,
    e.enabled_after,
    case
        when e.cause is not null then nullif(e.cause.reason, '')
        when s.from_rank < s.to_rank then 'the list was empty before'
    end as reason
from explained e
cross join sides s
union all
select
    account_key,
    null,
    from_id,
    to_id,
    null,
    case
        when obstacle is not null then 'not_comparable'
        when to_count = 0 then 'list_emptied'
        else 'list_returned'
    end,
    least(from_at, to_at),
    greatest(from_at, to_before),
    null,
    null,
    null,
    null,
    null,
    case
        when obstacle is not null then obstacle
        when to_count = 0 then 'all deleted, or memory switched off: the export cannot tell'
        else 'the list was empty before: switched on again, or filled anew'
    end
from sides
where obstacle is not null
    or (from_count = 0) <> (to_count = 0);
