-- One row per entity of an export: how many there are, what of it other exports of the account told, and what the export before it had.
-- A statement of prose has not vanished where the export holds no text of its kind.
-- parameters: export_key, is_new (false: the lake had this export before, so nothing in it is new)
with

this_export as (
    select
        export_key,
        account_key,
        export_rank
    from staging.exports
    where export_key = $export_key
),

previous_export as (
    select
        x.account_key,
        c.entity,
        max(x.export_rank) as export_rank
    from staging.exports x
    join this_export t using (account_key)
    join staging.coverage c on c.export_key = x.export_key
    where x.export_rank < t.export_rank
        and x.exported_at is not null
        and c.status = 'complete'
    group by x.account_key, c.entity
),

account_exports as (
    select
        x.export_key,
        x.export_rank,
        x.export_key = t.export_key as is_this
    from staging.exports x
    join this_export t using (account_key)
),

held as (
    select
        'conversations' as entity,
        c.conversation_id as id,
        s.record_key,
        x.export_rank,
        x.is_this,
        null as prose_kind
    from raw.sightings s
    join account_exports x using (export_key)
    join raw.conversations c using (record_key)
    union all
    select
        'memories',
        m.memory_id,
        m.record_key,
        m.export_rank,
        x.is_this,
        case when m.channel = 'prose' then split_part(m.scope, ':', 1) end
    from staging.memory_sightings m
    join account_exports x using (export_key)
    union all
    select
        'memory_events',
        concat_ws('/', v.conversation_id, v.message_id, v.event_index),
        s.record_key,
        x.export_rank,
        x.is_this,
        null
    from raw.sightings s
    join account_exports x using (export_key)
    join raw.events v using (record_key)
),

things as (
    select
        entity,
        id,
        bool_or(is_this) as is_here,
        bool_or(not is_this) or not $is_new as was_known,
        $is_new
            and entity <> 'memory_events'
            and count(distinct record_key) > count(distinct record_key) filter (where not is_this) as has_new_record,
        bool_or(h.export_rank = p.export_rank and (h.prose_kind is null or k.kind is not null)) as was_in_previous
    from held h
    left join previous_export p using (entity)
    left join staging.prose_kinds k
        on k.export_key = $export_key
        and k.kind = h.prose_kind
    group by entity, id
),

counts as (
    select
        entity,
        count(*) filter (where is_here) as total,
        count(*) filter (where is_here and not was_known) as new,
        count(*) filter (where is_here and was_known and has_new_record) as updated,
        count(*) filter (where is_here and was_known and not has_new_record) as unchanged,
        count(*) filter (where was_in_previous and not is_here) as vanished
    from things
    group by entity
)

select
    c.entity,
    c.status as coverage,
    c.reason,
    coalesce(n.total, 0) as total,
    coalesce(n.new, 0) as new,
    coalesce(n.updated, 0) as updated,
    coalesce(n.unchanged, 0) as unchanged,
    case
        when c.status = 'complete' and x.exported_at is not null and p.export_rank is not null then coalesce(n.vanished, 0)
    end as vanished
from staging.coverage c
join staging.exports x using (export_key)
left join counts n using (entity)
left join previous_export p using (entity)
where c.export_key = $export_key
order by list_position(['conversations', 'memories', 'memory_events'], c.entity);
