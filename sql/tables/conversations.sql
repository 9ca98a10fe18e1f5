-- relation: conversations
-- grain:    one row per conversation, in its richest known state
-- key:      account_key, conversation_id
-- reads:    raw.conversations, raw.sightings, raw.messages, raw.shared_links, staging.conversation_records, staging.merged_messages, staging.exports, staging.coverage
-- example:  select title, created_at, message_count from conversations order by created_at desc limit 10
-- column:   kind - chat, or design and reflection, which are held elsewhere and may be missing from an export
-- Only what conversations files hold. Title and archived flag as the newest export says; is_vanished: a later export that held all conversations lacks it.
create or replace table conversations as
with

states as (
    select
        r.account_key,
        r.record_rank,
        c.*
    from staging.conversation_records r
    join raw.conversations c using (record_key)
),

richest as (
    select
        account_key,
        conversation_id,
        arg_max(title, record_rank) as title,
        arg_max(url, record_rank) as url,
        arg_max(created_at, record_rank) as created_at,
        arg_max(updated_at, record_rank) as updated_at,
        arg_max(project_id, record_rank) as project_id,
        arg_max(gizmo_id, record_rank) as gizmo_id,
        arg_max(model, record_rank) as model,
        arg_max(memory_scope, record_rank) as memory_scope,
        arg_max(is_archived, record_rank) as is_archived,
        arg_max(is_starred, record_rank) as is_starred,
        arg_max(is_do_not_remember, record_rank) as is_do_not_remember,
        arg_max(is_voice, record_rank) as is_voice,
        bool_or(has_tool_layer) as has_tool_layer,
        arg_max(kind, record_rank) as kind
    from states
    group by account_key, conversation_id
),

seen as (
    select
        e.account_key,
        c.conversation_id,
        min(e.exported_at) as first_seen_at,
        max(e.exported_at) as last_seen_at
    from raw.sightings s
    join raw.conversations c using (record_key)
    join staging.exports e using (export_key)
    group by e.account_key, c.conversation_id
),

newest_whole as (
    select
        e.account_key,
        max(e.exported_at) as exported_at
    from staging.exports e
    join staging.coverage v using (export_key)
    where v.entity = 'conversations'
        and v.status = 'complete'
    group by e.account_key
),

sole_counts as (
    select
        r.account_key,
        r.conversation_id,
        count(m.record_key) as message_count
    from staging.conversation_records r
    left join raw.messages m using (record_key)
    where r.record_count = 1
    group by r.account_key, r.conversation_id
),

message_counts as (
    from sole_counts
    union all
    select
        account_key,
        conversation_id,
        count(*)
    from staging.merged_messages
    group by account_key, conversation_id
),

shared as (
    select distinct
        e.account_key,
        l.conversation_id
    from raw.shared_links l
    join raw.sightings s using (record_key)
    join staging.exports e using (export_key)
)

select
    r.account_key,
    r.conversation_id,
    r.title,
    r.url,
    r.created_at,
    r.updated_at,
    coalesce(n.message_count, 0) as message_count,
    r.project_id,
    r.gizmo_id,
    r.model,
    r.memory_scope,
    r.is_archived,
    r.is_starred,
    r.is_do_not_remember,
    r.is_voice,
    h.conversation_id is not null as is_shared,
    r.has_tool_layer,
    s.first_seen_at,
    s.last_seen_at,
    case when r.kind = 'chat' then w.exported_at > s.last_seen_at end as is_vanished,
    r.kind
from richest r
join seen s using (account_key, conversation_id)
left join newest_whole w using (account_key)
left join message_counts n using (account_key, conversation_id)
left join shared h using (account_key, conversation_id);
