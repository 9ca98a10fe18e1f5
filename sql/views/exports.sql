-- relation: exports
-- grain:    one row per export
-- key:      export_id
-- reads:    raw.exports, raw.sightings, raw.members, staging.exports, staging.coverage
-- example:  select exported_at, dialect, memory_count, file_name from exports order by exported_at
-- One delivery by a provider at one time. memory_count: null = no list in it, 0 = an empty list.
create or replace view exports as
with list_sizes as (
    select
        s.export_key,
        count(m.record_key) as memory_count
    from raw.sightings s
    join raw.members f using (export_key, member_key)
    left join raw.memories m using (record_key)
    where f.entity in ('memories', 'memory_page')
        and s.disposition = 'kept'
    group by s.export_key
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
    case when v.status <> 'absent' then coalesce(l.memory_count, 0) end as memory_count,
    c.status as conversation_coverage,
    t.status as event_coverage,
    e.content_sha256
from staging.exports x
join raw.exports e using (export_key)
join staging.coverage v on v.export_key = x.export_key and v.entity = 'memories'
join staging.coverage c on c.export_key = x.export_key and c.entity = 'conversations'
join staging.coverage t on t.export_key = x.export_key and t.entity = 'memory_events'
left join list_sizes l on l.export_key = x.export_key;
