-- relation: memories
-- grain:    one row per memory, in its newest known state
-- key:      account_key, memory_id
-- reads:    staging.edits, staging.memory_sightings, staging.memory_snapshots, staging.memory_states, staging.memory_origins, staging.statements
-- column:   position - where it stands in the newest list that shows it, or a statement in the texts of an export, from 0; null: in none
-- column:   section - the headings above it in that text or list, joined by " / "; null: none
-- example:  select created_at, content from memories where channel <> 'likely' order by created_at
-- Everything the assistant was ever seen to remember, from lists, texts, snapshots and recorded saves; likely saves (channel likely) are listed apart.
create or replace table memories as
with

edited_texts as (
    select distinct
        account_key,
        text_key,
        true as is_line
    from staging.edits
    where text_key is not null
),

ranked as (
    select
        *,
        list_position(
            ['memory_file', 'list_snapshot', 'html', 'dump', 'prose', 'event', 'likely'],
            channel
        ) as channel_rank,
        {
            'is_list': channel in ('memory_file', 'html', 'prose'),
            'is_snapshot': channel = 'list_snapshot' or channel = 'event' and coalesce(e.is_line, false),
            'is_recorded': channel <> 'likely',
            'export_rank': coalesce(export_rank, 0),
            'seen_at': coalesce(seen_at, '1970-01-01'::timestamptz),
            'updated_at': coalesce(updated_at, '1970-01-01'::timestamptz),
            'row_number': coalesce(row_number, ''),
            'text_key': text_key
        } as evidence
    from staging.memory_sightings
    left join edited_texts e using (account_key, text_key)
),

newest as (
    select
        account_key,
        memory_id,
        arg_min(channel, channel_rank) as channel,
        list_sort(list(distinct channel)) as channel_names,
        arg_max(content, evidence) as content,
        arg_max(enabled, evidence) as enabled,
        arg_max(created_at, evidence) filter (where created_at_basis = 'provider') as provider_created_at,
        min(seen_at) filter (where channel = 'event') as first_saved_at,
        min({'coarseness': length(created_at_basis), 'created_at': created_at, 'basis': created_at_basis})
            filter (where starts_with(created_at_basis, 'stated')) as stated,
        arg_max(updated_at, evidence) as updated_at,
        min(seen_at) as first_seen_at,
        max(seen_at) as last_seen_at,
        arg_max({'scope': scope, 'section': section, 'position': row_number}, evidence) filter (where scope is not null) as place,
        arg_max(section, evidence) filter (where scope is null) as list_section,
        arg_max(row_number, evidence) filter (where scope is null and channel not in ('event', 'likely')) as list_place
    from ranked
    group by account_key, memory_id
),

texts as (
    select
        account_key,
        memory_id,
        count(distinct text_key) filter (where not is_in_prose) > 1 or bool_or(is_changed) as is_seen_edited
    from (
        select
            s.account_key,
            s.memory_id,
            s.text_key,
            bool_or(s.channel = 'prose') over (partition by s.account_key, s.memory_id) as is_in_prose,
            t.fact_change is not null as is_changed
        from staging.memory_sightings s
        left join staging.statements t
            on s.channel = 'prose'
            and t.export_key = s.export_key
            and t.memory_id = s.memory_id
    )
    group by account_key, memory_id
),

updates as (
    select
        account_key,
        memory_id,
        updated_at <> created_at as is_updated,
        enabled <> coalesce(lag(enabled) over in_time, true) as is_flip,
        updated_at is distinct from lag(updated_at) over in_time as is_first
    from staging.memory_snapshots
    window in_time as (
        partition by account_key, memory_id
        order by export_rank
    )
),

edits as (
    select
        account_key,
        memory_id,
        bool_or(is_updated and not coalesce(is_flip, false)) filter (where is_first) as is_edited
    from updates
    group by account_key, memory_id
),

alike as (
    select
        n.account_key,
        n.memory_id,
        list(n.memory_id) over (
            partition by n.account_key, n.place.scope, n.content, s.state
            order by n.memory_id
            rows between unbounded preceding and unbounded following
        ) as memory_ids
    from newest n
    join staging.memory_states s using (account_key, memory_id)
    where n.place is not null
)

select
    n.account_key,
    n.memory_id,
    n.channel,
    list_filter(
        ['memory_file', 'list_snapshot', 'html', 'dump', 'prose', 'event', 'likely'],
        lambda name: list_contains(n.channel_names, name)
    ) as channels,
    n.content,
    s.state,
    n.enabled,
    s.state_basis,
    s.state_reason,
    coalesce(provider_created_at, first_saved_at, stated.created_at) as created_at,
    case
        when provider_created_at is not null then 'provider'
        when first_saved_at is not null then 'event'
        else stated.basis
    end as created_at_basis,
    n.updated_at,
    coalesce(nullif(t.is_seen_edited, false), e.is_edited) as is_edited,
    o.origin,
    o.origin_reason,
    n.first_seen_at,
    n.last_seen_at,
    s.deleted_after,
    s.deleted_before,
    s.deleted_at,
    n.place.scope,
    case when n.place is not null then n.place.section else n.list_section end as section,
    try_cast(split_part(case when n.place is not null then n.place.position else n.list_place end, '#', -1) as integer) as position,
    nullif(list_filter(a.memory_ids, lambda other: other <> n.memory_id), []) as merged_with
from newest n
join staging.memory_states s using (account_key, memory_id)
join texts t using (account_key, memory_id)
join staging.memory_origins o using (account_key, memory_id)
left join edits e using (account_key, memory_id)
left join alike a using (account_key, memory_id);
