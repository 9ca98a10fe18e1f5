-- relation: staging.memory_lists
-- grain:    one row per export
-- key:      export_key
-- reads:    staging.exports, staging.coverage, staging.memory_snapshots, staging.memory_sightings, raw.members, raw.sightings, raw.prose
-- What an export proves about the memory list as a whole. Only a whole list, complete and with a place in time, proves that something
-- is gone; an empty one does not tell whether all was deleted or the memory was switched off.
create or replace table staging.memory_lists as
with

sizes as (
    select
        export_key,
        count(*) as memory_count
    from staging.memory_snapshots
    group by export_key
),

written_out as (
    select
        export_key,
        count(distinct memory_id) as memory_count
    from staging.memory_sightings
    where channel = 'dump'
    group by export_key
),

texts as (
    select distinct s.export_key
    from raw.prose p
    join raw.sightings s using (record_key)
),

files as (
    select distinct export_key
    from raw.members
    where entity in ('memories', 'memory_page')
        and status in ('complete', 'partial')
),

lists as (
    select
        x.export_key,
        x.export_id,
        x.account_key,
        x.export_rank,
        x.exported_at,
        x.exported_before,
        v.status,
        v.is_placed,
        v.status = 'complete' and v.is_placed as is_whole,
        coalesce(n.memory_count, w.memory_count, 0) as memory_count,
        t.export_key is not null and f.export_key is null as is_prose,
        case
            when v.status <> 'complete' then v.reason
            when x.exported_at is null then 'nothing tells when this export was made; --exported-at does'
            when not v.is_placed then 'made on ' || strftime(x.exported_at, '%Y-%m-%d') || ' or later, perhaps after the next export; --exported-at tells'
        end as why_not_whole
    from staging.exports x
    join staging.coverage v using (export_key)
    left join sizes n using (export_key)
    left join written_out w using (export_key)
    left join texts t using (export_key)
    left join files f using (export_key)
    where v.entity = 'memories'
)

select
    *,
    max(case when is_whole then export_rank end) over before as previous_whole_rank,
    max(case when is_whole and memory_count > 0 then export_rank end) over before as previous_filled_rank,
    count(*) filter (where is_whole and memory_count = 0) over before as empty_count_before,
    max(case when is_whole and memory_count = 0 then exported_at end) over before as previous_empty_at,
    min(case when is_whole and memory_count = 0 then exported_before end) over afterwards as next_empty_before,
    case
        when lag(exported_at) over in_time = exported_at then lag(export_id) over in_time
    end as same_time_export_id
from lists
window
    in_time as (
        partition by account_key
        order by export_rank
    ),
    before as (
        partition by account_key
        order by export_rank
        rows between unbounded preceding and 1 preceding
    ),
    afterwards as (
        partition by account_key
        order by export_rank
        rows between 1 following and unbounded following
    );
