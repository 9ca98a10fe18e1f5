-- Memories that both of two exports show, with texts that differ and facts that do not: prose in other words.
-- parameters: before_export, after_export
with

sides as (
    select
        f.account_key,
        f.export_key as before_key,
        f.exported_at as before_at,
        t.export_key as after_key,
        t.exported_at as after_at
    from staging.exports f
    join staging.exports t using (account_key)
    where f.export_id = $before_export
        and t.export_id = $after_export
),

stated as (
    select distinct memory_id
    from memory_changes($before_export, $after_export)
    where memory_id is not null
)

select
    f.account_key,
    f.memory_id,
    $before_export as from_export_id,
    $after_export as to_export_id,
    'update' as change_type,
    'reworded' as change_kind,
    t.opened_after as changed_after,
    t.known_from as changed_before,
    null::timestamptz as changed_at,
    f.content as content_before,
    t.content as content_after,
    f.enabled as enabled_before,
    t.enabled as enabled_after,
    null::varchar as reason
from sides s
join memory_versions f
    on f.account_key = s.account_key
    and f.valid_from <= s.before_at
    and coalesce(f.valid_to > s.before_at, true)
join memory_versions t
    on t.account_key = s.account_key
    and t.memory_id = f.memory_id
    and t.valid_from <= s.after_at
    and coalesce(t.valid_to > s.after_at, true)
semi join staging.memory_snapshots b
    on b.export_key = s.before_key
    and b.memory_id = f.memory_id
semi join staging.memory_snapshots a
    on a.export_key = s.after_key
    and a.memory_id = f.memory_id
anti join stated c on c.memory_id = f.memory_id
where f.content <> t.content
order by f.memory_id;
