-- relation: memories
-- grain:    one row per memory, in its newest known state
-- key:      account_key, memory_id
-- reads:    staging.memory_sightings
-- example:  select created_at, content from memories where channel <> 'likely' order by created_at
-- Everything the assistant was ever seen to remember, from lists, snapshots and recorded saves; likely saves (channel likely) are listed apart.
create or replace table memories as
with

ranked as (
    select
        *,
        list_position(
            ['memory_file', 'list_snapshot', 'html', 'dump', 'prose', 'event', 'likely'],
            channel
        ) as channel_rank,
        {
            'is_list': channel in ('memory_file', 'html'),
            'is_snapshot': channel = 'list_snapshot',
            'is_recorded': channel <> 'likely',
            'export_rank': coalesce(export_rank, 0),
            'seen_at': coalesce(seen_at, '1970-01-01'::timestamptz),
            'updated_at': coalesce(updated_at, '1970-01-01'::timestamptz),
            'row_number': coalesce(row_number, ''),
            'text_key': text_key
        } as evidence
    from staging.memory_sightings
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
        min(created_at) filter (where created_at_basis = 'stated') as stated_created_at,
        arg_max(updated_at, evidence) as updated_at,
        min(seen_at) as first_seen_at,
        max(seen_at) as last_seen_at
    from ranked
    group by account_key, memory_id
)

select
    account_key,
    memory_id,
    channel,
    list_filter(
        ['memory_file', 'list_snapshot', 'html', 'dump', 'prose', 'event', 'likely'],
        lambda name: list_contains(channel_names, name)
    ) as channels,
    content,
    null::varchar as state,
    enabled,
    null::varchar as state_basis,
    coalesce(provider_created_at, first_saved_at, stated_created_at) as created_at,
    case
        when provider_created_at is not null then 'provider'
        when first_saved_at is not null then 'event'
        when stated_created_at is not null then 'stated'
    end as created_at_basis,
    updated_at,
    null::boolean as is_edited,
    null::varchar as origin,
    first_seen_at,
    last_seen_at,
    null::timestamptz as deleted_after,
    null::timestamptz as deleted_before
from newest;
