-- relation: staging.conversation_changes
-- grain:    one row per conversation per aspect of it per dated export in which that aspect is not what it was
-- key:      account_key, conversation_id, to_rank, aspect
-- reads:    staging.is_tool_layer(), staging.conversation_runs, staging.conversation_lists, raw.conversations, raw.messages
-- The only place where two states of a conversation are compared. The state before is what the exports before show
-- together: what a record does not tell stays as it was, and a message that was ever seen is not new. That a record
-- names no project counts where no earlier one does, or where the one before of its dialect does.
create or replace table staging.conversation_changes as
with

told as (
    select
        r.account_key,
        r.conversation_id,
        r.run_number,
        r.first_rank,
        r.last_rank,
        c.title,
        c.is_archived,
        c.project_id,
        c.created_at,
        c.project_id is not null
            or lag(c.project_id) over same_dialect is not null
            or count(c.project_id) over earlier = 0 as is_project_told
    from staging.conversation_runs r
    join raw.conversations c using (record_key)
    window
        same_dialect as (
            partition by r.account_key, r.conversation_id, c.dialect
            order by r.run_number
        ),
        earlier as (
            partition by r.account_key, r.conversation_id
            order by r.run_number
            rows between unbounded preceding and 1 preceding
        )
),

records as (
    select
        account_key,
        conversation_id,
        record_key,
        min(run_number) as run_number
    from (select account_key, conversation_id, run_number, unnest(record_keys) as record_key from staging.conversation_runs)
    group by account_key, conversation_id, record_key
    qualify max(min(run_number)) over (partition by account_key, conversation_id) > 1
),

first_seen as (
    select
        r.account_key,
        r.conversation_id,
        min(r.run_number) as run_number,
        max(m.created_at) as created_at,
        bool_or(staging.is_tool_layer(m.role, m.recipient, m.content_type) or coalesce(m.is_hidden, false)) as is_tool_layer
    from records r
    join raw.messages m using (record_key)
    group by r.account_key, r.conversation_id, m.message_id
),

added as (
    select
        account_key,
        conversation_id,
        run_number,
        count(*) as message_count,
        max(created_at) as message_at
    from first_seen
    where run_number > 1
        and not is_tool_layer
    group by account_key, conversation_id, run_number
),

compared as (
    select
        t.*,
        n.message_count,
        n.message_at,
        lag(t.last_rank) over life as rank_before,
        lead(t.first_rank) over life as next_rank,
        last_value(t.title ignore nulls) over earlier as title_before,
        last_value(case when t.title is not null then t.last_rank end ignore nulls) over earlier as title_rank_before,
        last_value(t.is_archived ignore nulls) over earlier as archived_before,
        last_value(case when t.is_archived is not null then t.last_rank end ignore nulls) over earlier as archived_rank_before,
        last_value(case when t.is_project_told then {'project_id': t.project_id, 'last_rank': t.last_rank} end ignore nulls)
            over earlier as project_told_before
    from told t
    left join added n using (account_key, conversation_id, run_number)
    window
        life as (
            partition by t.account_key, t.conversation_id
            order by t.run_number
        ),
        earlier as (
            partition by t.account_key, t.conversation_id
            order by t.run_number
            rows between unbounded preceding and 1 preceding
        )
),

states as (
    select
        c.*,
        l.previous_whole_rank,
        e.next_whole_rank,
        coalesce(c.title, c.title_before) as title_after,
        c.project_told_before.project_id as project_before,
        c.project_told_before.last_rank as project_rank_before,
        case when c.is_project_told then c.project_id else c.project_told_before.project_id end as project_after
    from compared c
    join staging.conversation_lists l on l.export_rank = c.first_rank
    join staging.conversation_lists e on e.export_rank = c.last_rank
),

aspects as (
    select
        account_key,
        conversation_id,
        first_rank as to_rank,
        title_before,
        title_after,
        project_before,
        project_after,
        message_count,
        unnest([
            {
                'aspect': 'existence',
                'change_kind': case
                    when rank_before is null then 'new'
                    when previous_whole_rank > rank_before then 'returned'
                end,
                'last_shown_rank': previous_whole_rank,
                'stated_at': case when rank_before is null then created_at end
            },
            {
                'aspect': 'messages',
                'change_kind': case when message_count > 0 then 'continued' end,
                'last_shown_rank': rank_before,
                'stated_at': message_at
            },
            {
                'aspect': 'title',
                'change_kind': case when title_after <> title_before then 'renamed' end,
                'last_shown_rank': title_rank_before,
                'stated_at': null
            },
            {
                'aspect': 'archive',
                'change_kind': case
                    when is_archived and not archived_before then 'archived'
                    when not is_archived and archived_before then 'unarchived'
                end,
                'last_shown_rank': archived_rank_before,
                'stated_at': null
            },
            {
                'aspect': 'project',
                'change_kind': case when rank_before is not null and project_after is distinct from project_before then 'moved' end,
                'last_shown_rank': project_rank_before,
                'stated_at': null
            }
        ], recursive := true)
    from states
    union all by name
    select
        account_key,
        conversation_id,
        next_whole_rank as to_rank,
        title_after as title_before,
        title_after,
        project_after as project_before,
        project_after,
        'existence' as aspect,
        'vanished' as change_kind,
        last_rank as last_shown_rank
    from states
    where next_whole_rank is not null
        and coalesce(next_whole_rank < next_rank, true)
),

windows as (
    select
        c.*,
        f.export_id as from_export_id,
        t.export_id as to_export_id,
        s.exported_at as changed_after,
        t.exported_before as changed_before,
        t.same_time_export_id
    from aspects c
    join staging.conversation_lists t on t.export_rank = c.to_rank
    left join staging.conversation_lists f on f.export_rank = t.previous_whole_rank
    left join staging.conversation_lists s on s.export_rank = c.last_shown_rank
    where c.change_kind is not null
)

select
    account_key,
    conversation_id,
    from_export_id,
    to_export_id,
    to_rank,
    aspect,
    case
        when change_kind in ('new', 'returned') then 'insert'
        when change_kind = 'vanished' then 'delete'
        else 'update'
    end as change_type,
    change_kind,
    changed_after,
    changed_before,
    case
        when stated_at >= coalesce(changed_after, '-infinity') and stated_at <= coalesce(changed_before, 'infinity') then stated_at
    end as changed_at,
    title_before,
    title_after,
    project_before,
    project_after,
    case when change_kind = 'continued' then message_count end as message_count,
    concat_ws(
        '; ',
        case
            when change_kind = 'new' and from_export_id is null then 'no export before it held all conversations'
            when change_kind = 'returned' then 'was missing from an export that held all conversations'
            when change_kind = 'vanished' then 'missing from an export that held all conversations'
        end,
        case
            when same_time_export_id is not null
                then 'made at the same time as export ' || same_time_export_id || ': which came first is not known'
        end
    ) as reason
from windows;
