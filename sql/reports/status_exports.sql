-- One row per export with what is wrong with it.
-- parameters: account_key (null = all)
with

rejected as (
    select
        export_id,
        count(*) as reject_count
    from rejects
    group by export_id
),

missing as (
    select
        x.export_id,
        list(distinct f.name order by f.name) as missing_parts
    from staging.missing_files f
    join staging.exports x using (export_key)
    group by x.export_id
)

select
    e.export_id,
    e.account_key,
    e.provider,
    e.file_name,
    e.exported_at,
    e.exported_at_basis,
    e.dialect,
    e.conversation_coverage,
    e.memory_coverage,
    e.memory_count,
    e.event_coverage,
    coalesce(r.reject_count, 0) as reject_count,
    coalesce(m.missing_parts, []) as missing_parts
from exports e
left join rejected r using (export_id)
left join missing m using (export_id)
where $account_key is null or e.account_key = $account_key
order by e.account_key, e.exported_at nulls first, e.export_id;
