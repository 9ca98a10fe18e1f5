-- relation: staging.memory_sightings
-- grain:    one row per memory per place where it was seen: a list of an export, a snapshot or a save inside a conversation
-- key:      account_key, memory_id, channel, export_key, conversation_id, message_id, event_index, line_number, row_number
-- reads:    raw.memories, raw.event_lines, raw.sightings, raw.members, staging.exports, staging.conversation_records, staging.statements, staging.edits, memory_events
-- Identity: a provider's id, verbatim. A sighting without one is the memory with an id that ever had the same text
-- (nearest creation, then id), else the statement of prose that ever had it, else the memory of that text; texts that
-- replaced one another in the list of edits are one memory, which is named after the first of them, unless some of them
-- tells an id. A save of several lines is one memory where a list says so, else one a line.
create or replace table staging.memory_sightings as
with

listed as (
    select
        e.account_key,
        m.channel,
        m.record_key,
        m.memory_id as provider_id,
        m.text_key,
        m.content,
        m.enabled,
        m.created_at,
        m.created_at_basis,
        m.updated_at,
        e.exported_at as seen_at,
        s.export_key,
        e.export_rank,
        f.name || '#' || lpad((s.row_number + m.position - 1)::varchar, 12, '0') as row_number,
        m.scope,
        m.section
    from raw.memories m
    join raw.sightings s using (record_key)
    join staging.exports e using (export_key)
    join raw.members f using (export_key, member_key)
    where m.conversation_id is null
        and m.channel <> 'prose'
        and s.disposition = 'kept'
),

stated as (
    select
        t.account_key,
        'prose' as channel,
        t.record_key,
        t.memory_id as statement_id,
        t.text_key,
        t.content,
        x.exported_at as seen_at,
        t.export_key,
        x.export_rank,
        lpad(t.position::varchar, 12, '0') as row_number,
        t.scope,
        t.section
    from staging.statements t
    join staging.exports x using (export_key)
    where t.is_present
),

tool_layers as (
    select
        account_key,
        conversation_id,
        bool_or(has_tool_layer) as has_tool_layer
    from staging.conversation_records
    group by account_key, conversation_id
),

in_conversations as (
    select
        r.account_key,
        m.channel,
        m.record_key,
        m.memory_id as provider_id,
        m.text_key,
        m.content,
        m.enabled,
        m.created_at,
        m.created_at_basis,
        m.updated_at,
        m.seen_at,
        m.conversation_id,
        m.message_id,
        lpad(m.position::varchar, 12, '0') as row_number
    from raw.memories m
    join staging.conversation_records r using (record_key, conversation_id)
    join tool_layers t using (account_key, conversation_id)
    where m.channel <> 'likely' or not t.has_tool_layer
    qualify r.record_rank = max(r.record_rank) over (
        partition by r.account_key, m.conversation_id, m.message_id, m.channel
    )
),

lists as (
    from listed
    union all by name
    from stated
    union all by name
    from in_conversations
),

list_texts as (
    select distinct
        account_key,
        text_key
    from lists
    where channel <> 'likely'
),

saves as (
    select
        v.account_key,
        v.text_key,
        v.content,
        v.occurred_at as seen_at,
        v.conversation_id,
        v.message_id,
        v.event_index,
        v.record_key,
        v.action,
        l.text_key is not null as is_listed_whole
    from memory_events v
    left join list_texts l using (account_key, text_key)
    where v.action in ('save', 'replace')
        and v.content is not null
),

saved_lines as (
    select
        s.account_key,
        l.text_key,
        l.content,
        s.seen_at,
        s.conversation_id,
        s.message_id,
        s.event_index,
        l.line_number,
        l.record_key
    from saves s
    join raw.event_lines l using (record_key, conversation_id, message_id, event_index)
    where not s.is_listed_whole
        and s.action = 'save'
),

saved as (
    from saved_lines
    union all by name
    select
        * exclude (is_listed_whole, action),
        0 as line_number
    from saves
    anti join saved_lines using (account_key, conversation_id, message_id, event_index)
),

sightings as (
    from lists
    union all by name
    select
        *,
        'event' as channel
    from saved
),

identified_texts as (
    select
        account_key,
        text_key,
        coalesce(provider_id, statement_id) as known_id,
        provider_id is null as is_statement,
        min(created_at) as created_at
    from lists
    where known_id is not null
    group by account_key, text_key, known_id, is_statement
),

edited_texts as (
    select
        account_key,
        text_key,
        min(root_text_key) as root_text_key
    from staging.edits
    where text_key is not null
    group by account_key, text_key
    having bool_and(text_key <> root_text_key)
),

chains as (
    from edited_texts
    union
    select
        e.account_key,
        e.root_text_key as text_key,
        e.root_text_key
    from edited_texts e
    anti join edited_texts o
        on o.account_key = e.account_key
        and o.text_key = e.root_text_key
),

identified_chains as (
    select
        i.*,
        coalesce(c.root_text_key, i.text_key) as root_text_key
    from identified_texts i
    left join chains c using (account_key, text_key)
),

numbered as (
    select
        s.*,
        coalesce(c.root_text_key, s.text_key) as root_text_key,
        row_number() over (
            order by account_key, channel, export_rank, conversation_id, message_id, event_index, line_number, row_number, text_key
        ) as sighting_number
    from sightings s
    left join chains c using (account_key, text_key)
),

matches as (
    select
        s.sighting_number,
        first(
            i.known_id
            order by i.text_key <> s.text_key, i.is_statement, abs(epoch(i.created_at) - epoch(coalesce(s.created_at, s.seen_at))) nulls last, i.known_id
        ) as known_id
    from numbered s
    join identified_chains i using (account_key, root_text_key)
    where s.provider_id is null
        and s.statement_id is null
    group by s.sighting_number
)

select
    s.account_key,
    coalesce(s.provider_id, s.statement_id, m.known_id, 'text-' || s.root_text_key) as memory_id,
    s.channel,
    s.provider_id,
    s.text_key,
    s.content,
    s.enabled,
    s.created_at,
    s.created_at_basis,
    s.updated_at,
    s.seen_at,
    s.export_key,
    s.export_rank,
    s.record_key,
    s.conversation_id,
    s.message_id,
    s.event_index,
    s.line_number,
    s.row_number,
    s.scope,
    s.section
from numbered s
left join matches m using (sighting_number);
