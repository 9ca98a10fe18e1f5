-- relation: staging.memory_snapshots
-- grain:    one row per memory per export whose memory list or prose shows it
-- key:      export_key, memory_id
-- reads:    staging.memory_sightings, staging.statements, raw.members
-- The state of a memory as of one export. A list in a page counts only where there is none in a file; of an id that
-- a list repeats the last element counts.
create or replace table staging.memory_snapshots as
with files as (
    select distinct export_key
    from raw.members
    where entity = 'memories'
        and status in ('complete', 'partial')
)
select
    s.account_key,
    s.memory_id,
    s.export_key,
    s.export_rank,
    s.seen_at,
    s.content,
    s.text_key,
    s.enabled,
    s.created_at,
    s.updated_at,
    s.channel = 'prose' as is_prose,
    split_part(s.scope, ':', 1) as prose_kind,
    t.fact_change,
    t.fact_state
from staging.memory_sightings s
left join files f using (export_key)
left join staging.statements t
    on s.channel = 'prose'
    and t.export_key = s.export_key
    and t.memory_id = s.memory_id
where s.channel in ('memory_file', 'prose')
    or (s.channel = 'html' and f.export_key is null)
qualify row_number() over (
    partition by s.export_key, s.memory_id
    order by s.row_number desc
) = 1;
