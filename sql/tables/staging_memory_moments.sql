-- relation: staging.memory_moments
-- grain:    one row per memory per moment at which a conversation tells that it was there or gone
-- key:      account_key, memory_id, moment_kind, conversation_id, message_id, seen_at, text_key
-- reads:    staging.memory_sightings, staging.exports, staging.memory_steps, staging.memory_lists, staging.edits, memory_events, conversations
-- What narrows the windows between two lists. saved and forgotten: by a recorded call; shown: in a list that the chat
-- had before it, or in one that was written out; missing: not in a list before the chat, all of whose entries lists know
-- too (else it may be there in other words), at a time at which the memory was last known to be on. A line of the list of
-- edits that is removed or replaced is forgotten unless another line, or what replaced it, is the same memory.
-- is_lower_bound: at that time or later, since nothing but its newest record dates the list.
create or replace table staging.memory_moments as
with

shown as (
    select
        s.account_key,
        s.memory_id,
        s.text_key,
        s.seen_at,
        s.conversation_id,
        s.message_id,
        case s.channel when 'event' then 'saved' else 'shown' end as moment_kind,
        bool_and(coalesce(x.exported_at_basis = 'newest_record', false)) as is_lower_bound
    from staging.memory_sightings s
    left join staging.exports x using (export_key)
    where s.channel in ('event', 'list_snapshot', 'dump')
        and s.seen_at is not null
    group by all
),

texts as (
    select distinct
        account_key,
        memory_id,
        text_key,
        ' ' || rtrim(lower(content), ' .!') as ending
    from staging.memory_sightings
    where channel <> 'likely'
),

forget_calls as (
    select
        account_key,
        conversation_id,
        message_id,
        occurred_at,
        text_key,
        rtrim(lower(content), ' .!') as words
    from memory_events
    where action = 'forget'
        and occurred_at is not null
    union all by name
    select
        account_key,
        end_conversation_id as conversation_id,
        end_message_id as message_id,
        ended_at as occurred_at,
        text_key
    from staging.edits
    where ended_by = 'replace'
        and ended_at is not null
        and text_key is not null
),

standing_lines as (
    select
        t.account_key,
        t.memory_id,
        e.begun_at,
        e.ended_at,
        e.ended_by
    from texts t
    join staging.edits e using (account_key, text_key)
),

forgotten as (
    select
        t.account_key,
        t.memory_id,
        t.text_key,
        v.occurred_at as seen_at,
        v.conversation_id,
        v.message_id
    from forget_calls v
    join texts t
        on t.account_key = v.account_key
        and (v.text_key in ('*', t.text_key) or ends_with(v.words, t.ending))
    left join standing_lines l
        on l.account_key = t.account_key
        and l.memory_id = t.memory_id
        and coalesce(l.begun_at <= v.occurred_at, true)
        and coalesce(l.ended_at > v.occurred_at, l.ended_by is null)
    where l.memory_id is null
),

listed as (
    select distinct
        account_key,
        memory_id
    from staging.memory_steps
),

entries as (
    select
        s.account_key,
        s.conversation_id,
        s.message_id,
        s.seen_at,
        list(s.memory_id) as memory_ids,
        bool_and(l.memory_id is not null) as is_known
    from shown s
    left join listed l using (account_key, memory_id)
    where s.moment_kind = 'shown'
        and s.conversation_id is not null
    group by s.account_key, s.conversation_id, s.message_id, s.seen_at
),

missing as (
    select
        t.account_key,
        t.memory_id,
        t.text_key_before as text_key,
        e.seen_at,
        e.conversation_id,
        e.message_id
    from staging.memory_steps t
    join staging.memory_lists l using (export_key)
    join staging.memory_lists b on b.export_rank = t.rank_before
    join entries e
        on e.account_key = t.account_key
        and e.seen_at > b.exported_at
        and e.seen_at <= l.exported_at
    join conversations c
        on c.account_key = e.account_key
        and c.conversation_id = e.conversation_id
    where not t.is_present
        and t.enabled_before is not false
        and e.is_known
        and not list_contains(e.memory_ids, t.memory_id)
        and coalesce(starts_with(c.memory_scope, 'global'), true)
)

from shown
union by name
select
    *,
    'forgotten' as moment_kind,
    false as is_lower_bound
from forgotten
union by name
select
    *,
    'missing' as moment_kind,
    false as is_lower_bound
from missing;
