-- relation: exports
-- grain:    one row per export
-- key:      export_id
-- reads:    raw.exports, raw.members, raw.sightings, raw.memories, staging.exports, staging.coverage
-- example:  select exported_at, dialect, memory_count, file_name from exports order by exported_at
-- One delivery by a provider at one time. memory_count: null = no list in it, 0 = an empty list; a list as a file comes before one in a page.
create or replace view exports as
with

lists as (
    select
        f.export_key,
        f.entity,
        count(distinct coalesce(m.memory_id, m.text_key)) as memory_count
    from raw.members f
    left join raw.sightings s
        on s.export_key = f.export_key
        and s.member_key = f.member_key
        and s.disposition = 'kept'
    left join raw.memories m using (record_key)
    where f.entity in ('memories', 'memory_page')
        and f.status in ('complete', 'partial')
    group by f.export_key, f.entity
    having f.entity = 'memories'
        or count(s.record_key) > 0
),

list_sizes as (
    select
        export_key,
        arg_min(memory_count, entity) as memory_count
    from lists
    group by export_key
)

select
    x.export_id,
    x.account_key,
    x.provider,
    x.dialect,
    x.exported_at,
    x.exported_at_basis,
    e.ingested_at,
    e.file_name,
    v.status as memory_coverage,
    case when v.status = 'partial' then nullif(l.memory_count, 0) else l.memory_count end as memory_count,
    c.status as conversation_coverage,
    t.status as event_coverage,
    e.content_sha256
from staging.exports x
join raw.exports e using (export_key)
join staging.coverage v on v.export_key = x.export_key and v.entity = 'memories'
join staging.coverage c on c.export_key = x.export_key and c.entity = 'conversations'
join staging.coverage t on t.export_key = x.export_key and t.entity = 'memory_events'
left join list_sizes l on l.export_key = x.export_key;
