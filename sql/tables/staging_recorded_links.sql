-- relation: staging.recorded_links
-- grain:    one row per memory per recorded call that saved it, or a later wording of it
-- key:      account_key, memory_id, conversation_id, event_message_id
-- reads:    staging.span_of(), raw.event_lines, staging.exports, staging.memory_sightings, staging.memory_origins, memory_events
-- column:   link_rank - from 1 in each memory, the origin first, edits last
-- column:   has_its_text - the call's text is one of the memory's; false: it was edited before a list showed it
-- The origin is the first call with a text of the memory, or the call at its creation. A later call with the text of that
-- one is an origin of lower rank; one with another text is an edit. A call after the memory was there already is no
-- origin; it is an edit where the memory changed with it. A replacing call never begins a memory. Likely saves have no calls.
create or replace table staging.recorded_links as
with

texts as (
    select
        account_key,
        memory_id,
        text_key,
        bool_or(channel <> 'event') as is_listed,
        max(updated_at) as updated_at
    from staging.memory_sightings
    where channel <> 'likely'
    group by account_key, memory_id, text_key
),

-- A day of grace: a date without time is midnight. A newest record bounds nothing: the list may be younger.
beginnings as (
    select
        s.account_key,
        s.memory_id,
        least(
            min(s.created_at) filter (where s.created_at_basis = 'provider'),
            min(s.created_at + staging.span_of(s.created_at_basis)) filter (where starts_with(s.created_at_basis, 'stated')),
            min(s.seen_at) filter (
                where s.channel not in ('event', 'likely')
                    and coalesce(x.exported_at_basis <> 'newest_record', true)
            )
        ) + interval 1 day as there_at
    from staging.memory_sightings s
    left join staging.exports x using (export_key)
    group by s.account_key, s.memory_id
),

saves as (
    select
        account_key,
        conversation_id,
        message_id,
        event_index,
        0 as line_number,
        text_key,
        content
    from memory_events
    where action in ('save', 'replace')
        and content is not null
    union all
    select
        v.account_key,
        l.conversation_id,
        l.message_id,
        l.event_index,
        l.line_number,
        l.text_key,
        l.content
    from memory_events v
    join raw.event_lines l using (record_key, conversation_id, message_id, event_index)
),

seen_saves as (
    select
        account_key,
        memory_id,
        conversation_id,
        message_id,
        event_index,
        line_number,
        text_key,
        content
    from staging.memory_sightings
    where channel = 'event'
),

saves_at_creation as (
    select
        o.account_key,
        o.memory_id,
        s.conversation_id,
        s.message_id,
        s.event_index,
        s.line_number,
        s.text_key,
        s.content
    from staging.memory_origins o
    join seen_saves s
        on s.account_key = o.account_key
        and s.conversation_id = o.origin_conversation_id
        and s.message_id = o.origin_message_id
),

claimed as (
    from seen_saves
    union all
    from saves_at_creation
),

-- A list that came back with other ids, and a line where the whole call is another memory.
unclaimed as (
    select
        t.account_key,
        t.memory_id,
        s.conversation_id,
        s.message_id,
        s.event_index,
        s.line_number,
        s.text_key,
        s.content
    from texts t
    anti join claimed c using (account_key, memory_id)
    join saves s using (account_key, text_key)
),

calls as (
    select
        c.*,
        v.action,
        v.occurred_at,
        v.prompt_message_id,
        b.there_at,
        t.text_key is not null as has_its_text,
        t.updated_at
    from (
        from claimed
        union all
        from unclaimed
    ) c
    join memory_events v using (account_key, conversation_id, message_id, event_index)
    join beginnings b using (account_key, memory_id)
    left join texts t
        on t.account_key = c.account_key
        and t.memory_id = c.memory_id
        and t.text_key = c.text_key
    qualify row_number() over (
        partition by c.account_key, c.memory_id, c.conversation_id, c.message_id
        order by t.text_key is null, c.event_index, c.line_number
    ) = 1
),

placed as (
    select
        *,
        action = 'save' and coalesce(occurred_at <= there_at, true) as may_begin
    from calls
),

first_calls as (
    select
        account_key,
        memory_id,
        text_key
    from placed
    where may_begin
    qualify row_number() over (
        partition by account_key, memory_id
        order by occurred_at nulls last, conversation_id, message_id
    ) = 1
),

first_shown as (
    select
        account_key,
        memory_id,
        text_key,
        min(seen_at) as shown_at
    from staging.memory_sightings
    where channel not in ('event', 'likely')
    group by account_key, memory_id, text_key
),

judged as (
    select
        p.*,
        case
            when p.may_begin and p.text_key is not distinct from f.text_key then 'origin'
            when p.action = 'replace' then 'edit'
            when p.may_begin or f.text_key <> p.text_key then 'edit'
            when f.text_key is not null then 'origin'
            when s.shown_at < p.occurred_at then null -- it only says again what a list had
            when p.updated_at >= p.occurred_at - interval 10 seconds then 'edit'
        end as role
    from placed p
    left join first_calls f using (account_key, memory_id)
    left join first_shown s
        on s.account_key = p.account_key
        and s.memory_id = p.memory_id
        and s.text_key = p.text_key
)

select
    account_key,
    memory_id,
    role,
    row_number() over (
        partition by account_key, memory_id
        order by role = 'edit', occurred_at nulls last, conversation_id, message_id
    ) as link_rank,
    conversation_id,
    message_id as event_message_id,
    event_index,
    prompt_message_id,
    occurred_at,
    content as text,
    has_its_text
from judged
where role is not null;
