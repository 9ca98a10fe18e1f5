-- relation: staging.memory_use
-- grain:    one row per conversation per version of a memory that was in force in it
-- key:      account_key, conversation_id, memory_id, in_force_from
-- reads:    conversations, memory_versions, staging.memory_sightings
-- What an assistant knew when it answered: the version overlaps the conversation, is not known to be off, and is in
-- scope: not where the user excluded the conversation from memory; where a project keeps its memories to itself, only
-- what was saved in that project.
create or replace view staging.memory_use as
with

held as (
    select
        account_key,
        conversation_id,
        title,
        url,
        created_at,
        project_id,
        gizmo_id,
        coalesce(starts_with(memory_scope, 'project'), false) as is_project_only,
        created_at as started_at,
        greatest(created_at, updated_at) as ended_at
    from conversations
    where created_at is not null
        and is_do_not_remember is not true
),

saved_in as (
    select distinct
        s.account_key,
        s.memory_id,
        c.project_id
    from staging.memory_sightings s
    join conversations c using (account_key, conversation_id)
    where s.channel = 'event'
        and c.project_id is not null
),

possible as (
    select
        *,
        case
            when valid_from_basis not in ('seen', 'first_text') or valid_from = lag(valid_to) over life then valid_from
            else opened_after
        end as possible_from
    from memory_versions
    window life as (
        partition by account_key, memory_id
        order by version_number
    )
),

overlapping as (
    select
        c.*,
        v.memory_id,
        v.content,
        v.enabled,
        v.valid_from,
        v.known_from,
        v.last_seen_at,
        v.known_until,
        greatest(c.started_at, v.possible_from) as in_force_from,
        least(c.ended_at, v.valid_to) as in_force_to
    from held c
    join possible v using (account_key)
    where coalesce(v.possible_from <= c.ended_at, true)
        and coalesce(v.valid_to > c.started_at, true)
        and v.enabled is not false
),

judged as (
    select
        o.*,
        case
            when o.valid_from is null then 'nothing tells since when it was there'
            when o.valid_from > o.in_force_from
                then 'seen on ' || strftime(make_timestamp(epoch_us(o.valid_from)), '%Y-%m-%d') || ', perhaps there before'
            when coalesce(o.known_from > o.in_force_from, true) then 'it may have been otherwise then'
            when coalesce(o.known_until < o.in_force_to, true) then 'last seen so on ' || strftime(make_timestamp(epoch_us(o.last_seen_at)), '%Y-%m-%d')
            when o.enabled is null then 'no list tells whether it was on'
            when o.gizmo_id is not null then 'a custom assistant may not have had it'
        end as why
    from overlapping o
    left join saved_in p using (account_key, memory_id, project_id)
    where not o.is_project_only
        or p.memory_id is not null
)

select
    account_key,
    conversation_id,
    title,
    url,
    created_at,
    memory_id,
    content,
    enabled,
    in_force_from,
    in_force_to,
    why is not null as is_uncertain,
    why
from judged;
