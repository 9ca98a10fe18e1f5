-- One row per memory and export whose list or text shows it, and (is_shown false) per statement of prose and export that
-- does not hold the kind of text in which it stands.
-- parameters: account_key
with

shown as (
    select
        s.memory_id,
        s.export_key,
        s.enabled,
        true as is_shown,
        case
            when s.is_prose then s.fact_change is not null
            else lag(s.content) over (
                partition by s.memory_id
                order by s.export_rank
            ) <> s.content
        end as is_edited
    from staging.memory_snapshots s
    where s.account_key = $account_key
),

kinds as (
    select
        memory_id,
        arg_max(prose_kind, export_rank) as kind
    from staging.memory_snapshots
    where account_key = $account_key
        and is_prose
    group by memory_id
),

untold as (
    select
        k.memory_id,
        x.export_key,
        null::boolean as enabled,
        false as is_shown,
        false as is_edited
    from kinds k
    cross join staging.exports x
    anti join staging.prose_kinds p
        on p.export_key = x.export_key
        and p.kind = k.kind
    anti join shown s
        on s.export_key = x.export_key
        and s.memory_id = k.memory_id
    where x.account_key = $account_key
)

select
    s.* exclude (export_key),
    x.export_id
from (
    from shown
    union all
    from untold
) s
join staging.exports x using (export_key)
order by s.memory_id, x.export_rank;
