-- The statements that are active as the newest text of their kind has them, while a newer whole export of their account
-- has texts and not that one: a text about a project that the export no longer tells of.
with

newest as (
    select
        account_key,
        max(export_rank) as export_rank
    from staging.memory_lists
    where is_whole
        and is_prose
        and memory_count > 0
    group by account_key
),

shown as (
    select
        account_key,
        memory_id,
        max(export_rank) as export_rank
    from staging.memory_snapshots
    where is_prose
    group by account_key, memory_id
)

select
    s.account_key,
    s.memory_id
from staging.memory_states s
join shown h using (account_key, memory_id)
join newest n using (account_key)
where s.state = 'active'
    and s.state_basis = 'prose'
    and h.export_rank < n.export_rank;
