-- relation: exports
-- grain:    one row per export
-- key:      export_id
-- reads:    raw.exports, raw.members, raw.sightings, raw.memories, staging.exports, staging.coverage, staging.memory_lists
-- column:   assistant - whose memories it holds: the provider, or of a list that was written out the assistant it is of
-- column:   memory_count - memories in its list, statements in its texts; null = none of them in it, 0 = empty
-- example:  select exported_at, dialect, memory_count, file_name from exports order by exported_at
-- One delivery by a provider at one time. A list as a file comes before one in a page.
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
    where f.entity in ('memories', 'memory_page', 'memory_dump')
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
    case v.status
        when 'absent' then null
        when 'partial' then nullif(coalesce(l.memory_count, m.memory_count), 0)
        else coalesce(l.memory_count, m.memory_count)
    end as memory_count,
    c.status as conversation_coverage,
    t.status as event_coverage,
    e.content_sha256,
    x.assistant
from staging.exports x
join raw.exports e using (export_key)
join staging.coverage v on v.export_key = x.export_key and v.entity = 'memories'
join staging.coverage c on c.export_key = x.export_key and c.entity = 'conversations'
join staging.coverage t on t.export_key = x.export_key and t.entity = 'memory_events'
join staging.memory_lists m on m.export_key = x.export_key
left join list_sizes l on l.export_key = x.export_key;
