-- relation: memory_source_candidates
-- grain:    one row per memory per message that it may come from
-- key:      account_key, memory_id, rank
-- reads:    raw.lookup_candidates, raw.recorded_quotes, staging.recorded_links, staging.link_verdicts, memories, conversations
-- column:   rank - from 1: what you confirmed, then recorded calls, then what a lookup found, then edits
-- column:   message_id - of a recorded call: the user's message that it follows, else the call; null: you confirmed a chat of which no message is known
-- column:   role - origin (it may have begun there) or edit (a recorded call changed its wording there)
-- column:   score - probability that it is the source; null for edits and where the same text was saved again
-- example:  select rank, role, title, score from memory_source_candidates join conversations using (account_key, conversation_id) order by memory_id, rank limit 10
-- Where a memory may come from, best first. A conversation that you rejected is in no row.
create or replace view memory_source_candidates as
with

possible as (
    select
        r.account_key,
        r.memory_id,
        r.conversation_id,
        coalesce(q.message_id, r.prompt_message_id, r.event_message_id) as message_id,
        r.event_message_id,
        r.role,
        case r.role when 'origin' then 'recorded' else 'edit' end as basis,
        r.link_rank as place
    from staging.recorded_links r
    left join raw.recorded_quotes q using (account_key, memory_id, conversation_id, event_message_id)
    union all
    select
        account_key,
        memory_id,
        conversation_id,
        message_id,
        null,
        'origin',
        'looked_up',
        rank
    from raw.lookup_candidates
    semi join memories using (account_key, memory_id)
    union all
    select
        account_key,
        memory_id,
        conversation_id,
        null,
        null,
        'origin',
        'said',
        1
    from staging.link_verdicts
    where verdict = 'confirmed'
),

allowed as (
    select
        p.*,
        list_position(['recorded', 'looked_up', 'edit', 'said'], p.basis) as basis_rank,
        v.verdict,
        v.decided_at
    from possible p
    semi join conversations using (account_key, conversation_id)
    left join staging.link_verdicts v using (account_key, memory_id, conversation_id)
    where v.verdict is distinct from 'rejected'
),

messages_once as (
    select
        *,
        coalesce(verdict = 'confirmed', false) and row_number() over (
            partition by account_key, memory_id, conversation_id
            order by basis_rank, place, message_id
        ) = 1 as is_confirmed
    from allowed
    qualify row_number() over (
        partition by account_key, memory_id, conversation_id, message_id
        order by basis_rank, place
    ) = 1
),

ranked as (
    select
        *,
        row_number() over (
            partition by account_key, memory_id
            order by
                is_confirmed desc,
                case when is_confirmed then decided_at end desc nulls last,
                basis_rank,
                place,
                conversation_id,
                message_id
        )::integer as rank,
        row_number() over (
            partition by account_key, memory_id, basis
            order by place
        ) as basis_place
    from messages_once
    where basis <> 'said'
        or is_confirmed
)

select
    r.account_key,
    r.memory_id,
    r.conversation_id,
    r.message_id,
    r.rank,
    r.role,
    case
        when r.is_confirmed then 1.0::double
        when r.basis = 'recorded' and r.basis_place = 1 then 1.0::double
        when r.basis = 'looked_up' then c.score
    end as score,
    r.is_confirmed,
    r.event_message_id,
    c.words,
    c."window",
    c.spelling,
    c.phrase,
    c.speaker,
    c.date,
    c.list_place,
    c.echo,
    c.crowd,
    c.method_version
from ranked r
left join raw.lookup_candidates c using (account_key, memory_id, conversation_id, message_id);
