-- relation: staging.coverage
-- grain:    one row per export per entity
-- key:      export_key, entity
-- reads:    staging.exports, raw.members, raw.sightings, staging.missing_files, raw.exports, raw.conversations, raw.prose
-- Did an export hold an entity whole? Only then does absence from it mean anything. is_placed: its place among the
-- exports that hold the entity is certain. One dated by its newest record was made later than that: before the next
-- with a date only if that one holds newer messages.
create or replace table staging.coverage as
with

texts as (
    select
        record_key,
        true as has_text
    from raw.prose
    group by record_key
),

kept as (
    select
        s.export_key,
        s.member_key,
        count(*) filter (where s.disposition = 'rejected') as rejected_count,
        count(*) filter (where s.disposition in ('kept', 'duplicate')) as kept_count,
        count(t.has_text) as text_count
    from raw.sightings s
    left join texts t using (record_key)
    group by s.export_key, s.member_key
),

member_states as (
    select
        m.export_key,
        case when m.entity = 'conversations' then 'conversations' else 'memories' end as entity,
        m.name,
        coalesce(k.rejected_count, 0) as rejected_count,
        case
            when m.status = 'partial' then m.name || ': ' || m.reason
            when m.entity = 'memory_dump' then m.name || ': a list that was written out, perhaps not all of it'
        end as damage
    from raw.members m
    left join kept k using (export_key, member_key)
    where m.status in ('complete', 'partial')
        and (
            m.entity in ('conversations', 'memories')
            or m.entity in ('memory_page', 'memory_dump') and k.kept_count > 0
            or m.entity = 'memory_prose' and (m.status = 'partial' or k.text_count + k.rejected_count > 0)
        )
),

missing_files as (
    select
        f.export_key,
        n.entity,
        f.name
    from staging.missing_files f
    join (values ('conversations'), ('memories')) n (entity)
        on f.entity = n.entity
        or f.entity is null
),

evidence as (
    select
        export_key,
        entity,
        count(*) as member_count,
        sum(rejected_count) as rejected_count,
        string_agg(damage, '; ' order by damage) as damages,
        null as missing
    from member_states
    group by export_key, entity
    union all by name
    select
        export_key,
        entity,
        0 as member_count,
        0 as rejected_count,
        string_agg(name || ' is missing', '; ' order by name) as missing
    from missing_files
    group by export_key, entity
),

whole as (
    select
        e.export_key,
        n.entity,
        coalesce(sum(v.member_count), 0) as member_count,
        concat_ws(
            '; ',
            max(v.damages),
            max(v.missing),
            case when sum(v.rejected_count) > 0 then sum(v.rejected_count)::bigint || ' unreadable' end,
            case when max(v.member_count) > 0 and bool_or(r.is_open_ended) then 'in numbered parts, and no manifest says how many there are' end
        ) as lack
    from staging.exports e
    join raw.exports r using (export_key)
    cross join (values ('conversations'), ('memories')) n (entity)
    left join evidence v on v.export_key = e.export_key and v.entity = n.entity
    group by e.export_key, n.entity
),

tool_layers as (
    select
        s.export_key,
        bool_and(c.has_tool_layer) as is_in_all,
        bool_or(c.has_tool_layer) as is_in_some
    from raw.sightings s
    join raw.conversations c using (record_key)
    group by s.export_key
),

covered as (
    select
        export_key,
        entity,
        case
            when lack <> '' then 'partial'
            when member_count = 0 then 'absent'
            else 'complete'
        end as status,
        case
            when lack <> '' then lack
            when member_count = 0 then 'no ' || case entity when 'memories' then 'memory list' else 'conversations' end || ' in this export'
            else 'whole'
        end as reason
    from whole
    union all
    select
        w.export_key,
        'memory_events',
        case
            when w.member_count = 0 and w.lack = '' then 'absent'
            when not coalesce(t.is_in_some, true) then 'absent'
            when w.lack <> '' or not coalesce(t.is_in_all, true) then 'partial'
            else 'complete'
        end,
        case
            when w.member_count = 0 and w.lack = '' then 'no conversations in this export'
            when not coalesce(t.is_in_some, true) then 'no tool layer in this export: save events can only come from older exports'
            when not coalesce(t.is_in_all, true) then 'some conversations have no tool layer'
            when w.lack <> '' then w.lack
            else 'whole'
        end
    from whole w
    left join tool_layers t using (export_key)
    where w.entity = 'conversations'
),

followed as (
    select
        c.*,
        x.exported_at,
        x.exported_at_basis = 'newest_record' as is_lower_bound,
        first_value(case when x.exported_at_basis <> 'newest_record' then coalesce(x.newest_message_at, '-infinity') end ignore nulls) over (
            partition by x.account_key, c.entity, c.status = 'absent'
            order by x.export_rank
            rows between 1 following and unbounded following
        ) as next_message_at
    from covered c
    join staging.exports x using (export_key)
)

select
    export_key,
    entity,
    status,
    reason,
    coalesce(exported_at is not null and (not is_lower_bound or next_message_at is null or next_message_at > exported_at), false) as is_placed
from followed;
