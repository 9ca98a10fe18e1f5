-- relation: staging.memory_states
-- grain:    one row per memory
-- key:      account_key, memory_id
-- reads:    staging.memory_sightings, staging.memory_changes, staging.memory_runs, staging.memory_lists, conversations, staging.memory_moments
-- What is known about a memory in the end, on what it rests, and between which times it was deleted, or when.
create or replace table staging.memory_states as
with

known as (
    select
        account_key,
        memory_id,
        bool_and(channel = 'likely') as is_likely,
        bool_or(channel in ('memory_file', 'html')) as is_in_list,
        bool_or(channel in ('event', 'list_snapshot')) as is_in_conversation,
        bool_or(channel = 'prose') as is_in_prose,
        arg_max(enabled, {'export_rank': coalesce(export_rank, 0), 'row_number': coalesce(row_number, '')}) as enabled
    from staging.memory_sightings
    group by account_key, memory_id
),

last_changes as (
    select
        account_key,
        memory_id,
        change_kind,
        changed_after,
        changed_before,
        changed_at,
        reason
    from staging.memory_changes
    where change_type in ('insert', 'delete')
    qualify row_number() over (
        partition by account_key, memory_id
        order by to_export_rank desc
    ) = 1
),

last_runs as (
    select *
    from staging.memory_runs
    qualify row_number() over (
        partition by account_key, memory_id
        order by run_number desc
    ) = 1
),

forgotten_in as (
    select
        m.account_key,
        m.memory_id,
        m.seen_at,
        min(c.title) as title
    from staging.memory_moments m
    left join conversations c using (account_key, conversation_id)
    where m.moment_kind = 'forgotten'
    group by m.account_key, m.memory_id, m.seen_at
),

later_empty_lists as (
    select
        r.account_key,
        r.memory_id,
        min(l.exported_at) as empty_at
    from last_runs r
    join known k using (account_key, memory_id)
    join staging.memory_lists l
        on l.account_key = r.account_key
        and l.exported_at > r.last_shown_at
    where l.is_whole
        and l.memory_count = 0
        and (k.is_in_prose or not l.is_prose)
    group by r.account_key, r.memory_id
),

whole_lists as (
    select distinct
        account_key,
        is_prose
    from staging.memory_lists
    where is_whole
),

evidence as (
    select
        k.*,
        c.change_kind,
        c.changed_after,
        c.changed_before,
        c.changed_at,
        c.reason as change_reason,
        r.memory_id is not null as has_run,
        r.is_listed,
        r.started_by,
        r.last_shown_at,
        r.ended_at,
        f.title as forgotten_in,
        r.ended_by,
        l.empty_at,
        case
            when r.ended_by is not null then r.ended_by
            when r.memory_id is not null and l.empty_at is not null then 'list_emptied'
            when r.memory_id is not null and not r.is_listed then
                case when k.is_in_conversation then 'recorded' else 'pasted' end
            when k.is_in_prose and not k.is_in_list and (r.memory_id is not null or c.memory_id is not null) then 'prose'
            when r.memory_id is not null then 'listed'
            when c.change_kind = 'reidentified' then 'reidentified'
            when c.memory_id is not null then 'listed'
            when k.is_likely then 'likely'
            when w.account_key is not null then 'undated'
            when k.is_in_list then 'listed'
            when k.is_in_prose then 'prose'
            when k.is_in_conversation then 'recorded'
            else 'pasted'
        end as state_basis
    from known k
    left join last_changes c using (account_key, memory_id)
    left join last_runs r using (account_key, memory_id)
    left join forgotten_in f
        on f.account_key = r.account_key
        and f.memory_id = r.memory_id
        and f.seen_at = r.ended_at
    left join later_empty_lists l using (account_key, memory_id)
    left join whole_lists w
        on w.account_key = k.account_key
        and w.is_prose = (k.is_in_prose and not k.is_in_list)
),

judged as (
    select
        *,
        case
            when state_basis = 'forgotten' then 'deleted'
            when state_basis in ('recorded', 'pasted') then 'active'
            when state_basis not in ('listed', 'prose') then 'unknown'
            when change_kind = 'deleted' and not has_run then 'deleted'
            when not enabled then 'disabled'
            else 'active'
        end as state
    from evidence
)

select
    account_key,
    memory_id,
    state,
    state_basis,
    case state_basis
        when 'forgotten' then '"Forget" call in ' || coalesce('"' || forgotten_in || '"', 'a conversation without a title')
        when 'recorded' then case
            when started_by = 'standing' then 'no longer in the text, but still in the list of edits'
            else 'saved in a conversation; no later list'
        end
        when 'pasted' then 'in a list that was written out; no later list tells'
        when 'prose' then case
            when state = 'deleted' then change_reason
            when last_shown_at is null then 'in a text without a date'
            else 'in the newest text of its kind, of ' || strftime(last_shown_at, '%Y-%m-%d')
        end
        when 'not_listed' then 'saved, but not in the list' || coalesce(' of ' || strftime(ended_at, '%Y-%m-%d'), ' after it') || ': merged, rephrased or deleted'
        when 'list_emptied' then 'the list of ' || strftime(empty_at, '%Y-%m-%d') || ' is empty: deleted or switched off, the export cannot tell'
        when 'reidentified' then change_reason
        when 'likely' then 'no recorded save, only what looks like one'
        when 'undated' then 'only in a list whose place in time is not known'
        when 'listed' then case
            when state = 'deleted' then change_reason
            when last_shown_at is null then 'in a list without a date'
            else 'in the newest list that tells'
        end
    end as state_reason,
    case
        when state_basis = 'forgotten' then last_shown_at
        when state = 'deleted' then changed_after
    end as deleted_after,
    case
        when state_basis = 'forgotten' then ended_at
        when state = 'deleted' then changed_before
    end as deleted_before,
    case
        when state_basis = 'forgotten' then ended_at
        when state = 'deleted' then changed_at
    end as deleted_at
from judged;
