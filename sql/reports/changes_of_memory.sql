-- What happened to one memory over all exports, and to the whole list while the memory was in it.
-- parameters: account_key, memory_id
with

changes as (
    select
        c.*,
        x.export_rank
    from memory_changes c
    join staging.exports x on x.export_id = c.to_export_id
    where c.account_key = $account_key
        and (c.memory_id = $memory_id or c.memory_id is null)
),

own as (
    from changes
    where memory_id is not null
),

of_the_list as (
    select f.*
    from changes f
    asof join own o on f.export_rank > o.export_rank
    where f.memory_id is null
        and o.change_type <> 'delete'
)

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
from (from own union all from of_the_list)
order by export_rank, changed_at nulls last, change_kind;
