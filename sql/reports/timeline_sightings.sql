-- One row per memory and export: sight is on or off where its list or text shows it; saved where only the list of edits
-- had it then; cannot_tell where it is a statement of prose and the export does not hold the kind of text it stands in.
-- parameters: account_key
with

shown as (
    select
        s.memory_id,
        s.export_key,
        case when s.enabled is false then 'off' else 'on' end as sight,
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

saved as (
    select distinct
        e.memory_id,
        x.export_key,
        'saved' as sight,
        false as is_edited
    from memory_edits e
    join staging.exports x
        on x.account_key = e.account_key
        and x.exported_at >= e.valid_from
        and coalesce(x.exported_at < e.valid_to, e.ended_by is null)
    anti join shown s
        on s.export_key = x.export_key
        and s.memory_id = e.memory_id
    where e.account_key = $account_key
        and e.memory_id is not null
),

untold as (
    select
        k.memory_id,
        x.export_key,
        'cannot_tell' as sight,
        false as is_edited
    from kinds k
    cross join staging.exports x
    anti join staging.prose_kinds p
        on p.export_key = x.export_key
        and p.kind = k.kind
    anti join shown s
        on s.export_key = x.export_key
        and s.memory_id = k.memory_id
    anti join saved v
        on v.export_key = x.export_key
        and v.memory_id = k.memory_id
    where x.account_key = $account_key
)

select
    s.* exclude (export_key),
    x.export_id
from (
    from shown
    union all
    from saved
    union all
    from untold
) s
join staging.exports x using (export_key)
order by s.memory_id, x.export_rank;
