-- relation: staging.memory_spans
-- grain:    one row per memory per unbroken run of identical content and setting, as lists, texts and conversations show it
-- key:      account_key, memory_id, valid_from
-- reads:    staging.memory_changes, staging.memory_lists, staging.memory_runs, staging.memory_snapshots, staging.memory_sightings
-- What memory_versions is made of. A list that was empty in between parts a run. known_until: from then on it may have
-- been otherwise; prose that later has other words for the same facts was so until then. A statement in the first text of
-- its kind (basis first_text) may have been there long before.
create or replace table staging.memory_spans as
with

steps as (
    select
        account_key,
        memory_id,
        to_export_rank,
        bool_or(change_type = 'delete') as is_end,
        bool_or(is_double) as is_double,
        bool_or(change_type = 'insert') as is_insert,
        bool_and(change_kind = 'reworded') as is_reworded,
        bool_or(is_first_text) as is_first_text,
        any_value(content_after) as content,
        any_value(enabled_after) as enabled,
        max(changed_after) as opened_after,
        min(changed_before) as changed_before,
        max(changed_at) as changed_at,
        min(first_shown_at) as first_shown_at,
        arg_min(first_shown_by, first_shown_at) as first_shown_by,
        any_value(created_at) as created_at,
        any_value(updated_at) as updated_at
    from staging.memory_changes
    group by account_key, memory_id, to_export_rank
),

begun as (
    select
        s.*,
        l.exported_at as seen_at,
        l.exported_before as seen_before,
        case when s.is_double and s.updated_at > s.opened_after and s.updated_at <= l.exported_at then s.updated_at end as doubly_updated_at,
        case
            when s.is_end then s.changed_before
            else coalesce(s.changed_at, s.first_shown_at, doubly_updated_at, l.exported_at)
        end as begun_at,
        case
            when s.changed_at is not null then case when s.is_insert then 'created' else 'updated' end
            when s.first_shown_by = 'saved' then 'event'
            when s.first_shown_at is not null then 'seen'
            when doubly_updated_at is not null then 'updated'
            when s.is_first_text then 'first_text'
            else 'seen'
        end as basis
    from steps s
    join staging.memory_lists l on l.export_rank = s.to_export_rank
),

bounded as (
    select
        *,
        coalesce(
            lead(begun_at) over life,
            lead(begun_at, 2) over life
        ) as ended_at,
        lead(opened_after) over life as shown_until,
        lead(is_reworded) over life as is_reworded_next,
        lead(to_export_rank) over life as next_rank
    from begun
    window life as (
        partition by account_key, memory_id
        order by to_export_rank
    )
),

whole_runs as (
    select
        b.account_key,
        b.memory_id,
        b.to_export_rank,
        b.next_rank,
        b.content,
        b.enabled,
        b.begun_at as valid_from,
        b.basis as valid_from_basis,
        case when b.next_rank is null then r.ended_at else b.ended_at end as valid_to,
        b.opened_after,
        case
            when b.basis in ('seen', 'first_text') or b.is_double then b.seen_before
            when b.basis <> 'created' then b.begun_at
            when b.updated_at is null or b.updated_at > b.seen_at then b.seen_before
            when not b.enabled and b.updated_at = b.created_at then b.seen_before
            else greatest(b.created_at, b.updated_at)
        end as known_from,
        case when b.next_rank is null then r.last_shown_at else b.shown_until end as last_seen_at,
        case
            when b.is_reworded_next then b.ended_at
            when b.next_rank is null then r.last_shown_at
            else b.shown_until
        end as known_until
    from bounded b
    left join staging.memory_runs r
        on b.next_rank is null
        and r.is_listed
        and r.account_key = b.account_key
        and r.memory_id = b.memory_id
    where not b.is_end
),

parts as (
    select
        w.account_key,
        w.memory_id,
        w.to_export_rank,
        l.empty_count_before,
        min(l.exported_at) as first_shown_at,
        min(l.exported_before) as shown_before,
        max(l.exported_at) as last_shown_at,
        any_value(l.previous_empty_at) as previous_empty_at,
        any_value(l.next_empty_before) as next_empty_before
    from whole_runs w
    join staging.memory_snapshots s using (account_key, memory_id)
    join staging.memory_lists l using (export_key)
    where l.is_placed
        and l.export_rank >= w.to_export_rank
        and coalesce(l.export_rank < w.next_rank, true)
    group by w.account_key, w.memory_id, w.to_export_rank, l.empty_count_before
),

edges as (
    select
        *,
        row_number() over forwards = 1 as is_first,
        lead(to_export_rank) over forwards is null as is_last
    from parts
    window forwards as (
        partition by account_key, memory_id, to_export_rank
        order by empty_count_before
    )
),

listed as (
    select
        w.account_key,
        w.memory_id,
        w.content,
        w.enabled,
        case when e.is_first then w.valid_from else e.first_shown_at end as valid_from,
        case when e.is_first then w.valid_from_basis else 'seen' end as valid_from_basis,
        case when e.is_last then w.valid_to else e.next_empty_before end as valid_to,
        case when e.is_first then w.opened_after else e.previous_empty_at end as opened_after,
        case when e.is_first then w.known_from else e.shown_before end as known_from,
        case when e.is_last then w.last_seen_at else e.last_shown_at end as last_seen_at,
        case when e.is_last then w.known_until else e.last_shown_at end as known_until
    from whole_runs w
    join edges e using (account_key, memory_id, to_export_rank)
),

texts as (
    select
        account_key,
        memory_id,
        text_key,
        arg_max(content, {'export_rank': coalesce(export_rank, 0), 'row_number': coalesce(row_number, ''), 'content': content}) as content
    from staging.memory_sightings
    where channel <> 'likely'
    group by account_key, memory_id, text_key
),

written_out as (
    select
        account_key,
        memory_id,
        min(created_at) as created_at
    from staging.memory_sightings
    where channel = 'dump'
    group by account_key, memory_id
),

recorded as (
    select
        r.account_key,
        r.memory_id,
        t.content,
        null::boolean as enabled,
        coalesce(w.created_at, r.started_at) as valid_from,
        case when w.created_at is not null then 'created' when r.started_by = 'saved' then 'event' else 'seen' end as valid_from_basis,
        r.ended_at as valid_to,
        null::timestamptz as opened_after,
        r.started_at as known_from,
        r.last_shown_at as last_seen_at,
        r.last_shown_at as known_until
    from staging.memory_runs r
    join texts t using (account_key, memory_id, text_key)
    left join written_out w
        on w.account_key = r.account_key
        and w.memory_id = r.memory_id
        and w.created_at <= r.started_at
        and r.run_number = 1
        and r.started_by = 'shown'
    where not r.is_listed
),

undated as (
    select
        s.account_key,
        s.memory_id,
        arg_max(s.content, {'row_number': coalesce(s.row_number, ''), 'content': s.content}) as content,
        arg_max(s.enabled, {'row_number': coalesce(s.row_number, ''), 'content': s.content}) as enabled,
        min(s.created_at) as valid_from,
        case when min(s.created_at) is not null then 'created' end as valid_from_basis
    from staging.memory_sightings s
    anti join listed l using (account_key, memory_id)
    anti join recorded r using (account_key, memory_id)
    where s.channel <> 'likely'
    group by s.account_key, s.memory_id
),

versions as (
    from listed
    union all by name
    from recorded
    union all by name
    from undated
)

select
    account_key,
    memory_id,
    content,
    enabled,
    valid_from,
    valid_from_basis,
    valid_to,
    opened_after,
    known_from,
    last_seen_at,
    known_until
from versions
where valid_to is null
    or valid_from is null
    or valid_from < valid_to;
