-- relation: memory_sources
-- grain:    exactly one row per memory
-- key:      account_key, memory_id
-- reads:    raw.lookups, raw.recorded_quotes, staging.recorded_links, staging.link_verdicts, memories, memory_source_candidates, conversations, messages
-- column:   title - title of the source conversation; null: no source is known
-- column:   url - address of the source conversation; null: no source is known
-- column:   conversation_id - the source conversation; null: no source is known
-- column:   message_id - the source message; null: no source is known, or only its conversation
-- example:  select level, count(*) from memory_sources group by level
-- Which conversation a memory came from: what you confirmed, else the recorded call that saved it, else what a lookup
-- found. level is null until it was looked up, none where a lookup found nothing; why says more.
create or replace view memory_sources as
with

links as (
    select
        c.account_key,
        c.memory_id,
        c.conversation_id,
        c.message_id,
        c.is_confirmed,
        c.event_message_id,
        c.event_message_id is not null and c.role = 'origin' as is_recorded
    from memory_source_candidates c
    where c.rank = 1
        and (
            c.is_confirmed
            or (c.event_message_id is not null and c.role = 'origin')
        )
),

lookups as (
    select l.*
    from raw.lookups l
    left join conversations c using (account_key, conversation_id)
    left join staging.link_verdicts v using (account_key, memory_id, conversation_id)
    where l.level = 'none'
        or (c.conversation_id is not null and v.verdict is distinct from 'rejected')
),

runners_up as (
    select
        l.account_key,
        l.memory_id,
        l.runner_up_conversation_id
    from raw.lookups l
    join conversations c
        on c.account_key = l.account_key
        and c.conversation_id = l.runner_up_conversation_id
    left join staging.link_verdicts v
        on v.account_key = l.account_key
        and v.memory_id = l.memory_id
        and v.conversation_id = l.runner_up_conversation_id
    where v.verdict is distinct from 'rejected'
),

evidence as (
    select
        m.account_key,
        m.memory_id,
        k.conversation_id is not null as is_linked,
        coalesce(k.is_confirmed, false) as is_confirmed,
        coalesce(k.is_recorded, false) as is_recorded,
        l.level is not null as is_looked_up,
        coalesce(k.conversation_id, l.conversation_id) as conversation_id,
        case
            when k.conversation_id is null or k.conversation_id = l.conversation_id then coalesce(k.message_id, l.message_id)
            else k.message_id
        end as message_id,
        case when k.is_recorded then k.event_message_id end as event_message_id,
        l.conversation_id = coalesce(k.conversation_id, l.conversation_id)
            and l.message_id is not distinct from coalesce(k.message_id, l.message_id) as has_lookup_quote,
        l.conversation_id = k.conversation_id as is_as_looked_up,
        l.level as looked_up_level,
        l.confidence as looked_up_confidence,
        l.quote as looked_up_quote,
        l.quote_start as looked_up_start,
        l.quote_end as looked_up_end,
        l.said_by as looked_up_said_by,
        l.why as looked_up_why,
        u.runner_up_conversation_id
    from memories m
    left join links k using (account_key, memory_id)
    left join lookups l using (account_key, memory_id)
    left join runners_up u using (account_key, memory_id)
),

recorded as (
    select
        r.account_key,
        r.memory_id,
        r.conversation_id,
        r.event_message_id,
        q.quote,
        q.quote_start,
        q.quote_end,
        q.said_by,
        case
            when r.has_its_text then 'the assistant''s save call in that chat has this text'
            else 'the assistant''s save call in that chat was made when this memory was created; its text differs, because it was edited before the first list that shows it'
        end
        || case
            when q.said_by = 'document' and q.quote is null then '; a document says it there before, not you'
            when q.said_by = 'assistant' then '; only the assistant said it there before, not you'
            when q.said_by = 'nobody' then '; nothing before the call says it'
            else ''
        end as why
    from staging.recorded_links r
    left join raw.recorded_quotes q using (account_key, memory_id, conversation_id, event_message_id)
)

select
    e.account_key,
    e.memory_id,
    case
        when e.is_recorded then 'recorded'
        when not e.is_linked then e.looked_up_level
        when e.is_as_looked_up then e.looked_up_level
        else 'paraphrase'
    end as level,
    case when e.is_linked then 1.0::double else e.looked_up_confidence end as confidence,
    e.conversation_id,
    c.title,
    c.url,
    e.message_id,
    m.created_at as message_at,
    case when e.is_recorded then r.quote when e.has_lookup_quote then e.looked_up_quote end as quote,
    case when e.is_recorded then r.quote_start when e.has_lookup_quote then e.looked_up_start end as quote_start,
    case when e.is_recorded then r.quote_end when e.has_lookup_quote then e.looked_up_end end as quote_end,
    case
        when e.is_recorded then r.said_by
        when not e.is_linked or e.has_lookup_quote then e.looked_up_said_by
        when m.role in ('user', 'assistant') then m.role
    end as said_by,
    e.event_message_id,
    case when not e.is_linked then e.runner_up_conversation_id end as runner_up_conversation_id,
    e.is_confirmed,
    case
        when e.is_confirmed and e.is_recorded then 'you confirmed it; ' || r.why
        when e.is_confirmed and e.is_as_looked_up then 'you confirmed it; ' || e.looked_up_why
        when e.is_confirmed then 'you confirmed it'
        when e.is_recorded then r.why
        else coalesce(e.looked_up_why, 'not looked up yet')
    end as why
from evidence e
left join recorded r using (account_key, memory_id, conversation_id, event_message_id)
left join conversations c using (account_key, conversation_id)
left join messages m using (account_key, conversation_id, message_id);
