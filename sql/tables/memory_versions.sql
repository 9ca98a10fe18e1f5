-- relation: memory_versions
-- grain:    one row per memory per unbroken run of identical content and setting
-- key:      account_key, memory_id, version_number
-- reads:    staging.memory_spans, staging.memory_sightings, memory_edits
-- column:   valid_from - begin of the run; as exact as the exports tell, see valid_from_basis; null: unknown
-- column:   valid_to - end of the run, the first time at which it was no longer so; null: still so, as far as known
-- column:   last_seen_at - the last time at which an export or a conversation shows it so
-- column:   known_until - up to here it is certain; null: never
-- example:  select content, enabled, valid_from, valid_to from memory_versions where content ilike '%beagle%' order by valid_from
-- Half-open [valid_from, valid_to). Certain from known_from to known_until; from opened_after to known_from it may have
-- been otherwise, and so from known_until on. A list that was empty in between parts a run. Likely saves have no versions.
-- A line of the list of edits that is a statement of prose, too, is the memory wherever no text shows the statement.
create or replace table memory_versions as
with

lines as (
    select
        e.account_key,
        e.memory_id,
        e.entry_number,
        e.version_number,
        e.content,
        e.valid_from,
        e.valid_to,
        coalesce(e.ended_by, 'none') in ('replace', 'forget') as is_ended_by_a_call
    from memory_edits e
    semi join staging.memory_spans s using (account_key, memory_id)
    where e.valid_from is not null
        and (e.valid_to is not null or e.ended_by is null)
),

lasting as (
    select
        s.account_key,
        s.memory_id,
        s.valid_from,
        max(least(l.valid_to, s.valid_to)) as known_until
    from staging.memory_spans s
    join lines l
        on l.account_key = s.account_key
        and l.memory_id = s.memory_id
        and l.content = s.content
        and l.valid_from <= s.known_until
        and l.valid_to > s.valid_from
    where l.is_ended_by_a_call
    group by s.account_key, s.memory_id, s.valid_from
),

spans as (
    select s.* replace (greatest(s.known_until, l.known_until) as known_until)
    from staging.memory_spans s
    semi join lines using (account_key, memory_id)
    left join lasting l using (account_key, memory_id, valid_from)
    where s.valid_from is not null
),

moments as (
    select
        account_key,
        memory_id,
        unnest([valid_from, valid_to]) as turned_at
    from lines
    union
    select
        account_key,
        memory_id,
        unnest([valid_from, valid_to])
    from spans
),

stretches as (
    select
        account_key,
        memory_id,
        turned_at as begun_at,
        lead(turned_at) over (
            partition by account_key, memory_id
            order by turned_at
        ) as ended_at
    from moments
    where turned_at is not null
),

standing as (
    select
        t.account_key,
        t.memory_id,
        l.content,
        t.begun_at as valid_from,
        t.ended_at as valid_to,
        l.valid_from = t.begun_at as is_begin,
        case when l.valid_to is distinct from t.ended_at or l.is_ended_by_a_call then t.ended_at end as known_until
    from stretches t
    join lines l
        on l.account_key = t.account_key
        and l.memory_id = t.memory_id
        and l.valid_from <= t.begun_at
        and coalesce(l.valid_to > t.begun_at, true)
    qualify row_number() over (
        partition by t.account_key, t.memory_id, t.begun_at
        order by l.valid_from desc, l.entry_number desc, l.version_number desc
    ) = 1
),

shown as (
    select
        l.account_key,
        l.memory_id,
        l.valid_from,
        max(s.seen_at) as last_seen_at
    from standing l
    left join staging.memory_sightings s
        on s.account_key = l.account_key
        and s.memory_id = l.memory_id
        and s.seen_at >= l.valid_from
        and coalesce(s.seen_at < l.valid_to, true)
    group by l.account_key, l.memory_id, l.valid_from
),

pieces as (
    from spans
    union all by name
    select
        l.account_key,
        l.memory_id,
        l.content,
        l.valid_from,
        case when l.is_begin then 'event' else 'seen' end as valid_from_basis,
        l.valid_to,
        l.valid_from as known_from,
        coalesce(h.last_seen_at, l.valid_from) as last_seen_at,
        coalesce(l.known_until, h.last_seen_at, l.valid_from) as known_until
    from standing l
    join shown h using (account_key, memory_id, valid_from)
    anti join spans s
        on s.account_key = l.account_key
        and s.memory_id = l.memory_id
        and s.valid_from <= l.valid_from
        and coalesce(s.valid_to > l.valid_from, true)
),

parted as (
    select
        *,
        valid_from is distinct from lag(valid_to) over life
            or content <> lag(content) over life as is_begin
    from pieces
    window life as (
        partition by account_key, memory_id
        order by valid_from
    )
),

numbered as (
    select
        *,
        count(*) filter (where is_begin) over (
            partition by account_key, memory_id
            order by valid_from
        ) as run_number
    from parted
),

joined as (
    select
        account_key,
        memory_id,
        any_value(content) as content,
        any_value(enabled) as enabled,
        min(valid_from) as valid_from,
        first(valid_from_basis order by valid_from) as valid_from_basis,
        last(valid_to order by valid_from) as valid_to,
        first(opened_after order by valid_from) as opened_after,
        first(known_from order by valid_from) as known_from,
        max(last_seen_at) as last_seen_at,
        last(known_until order by valid_from) as known_until
    from numbered
    group by account_key, memory_id, run_number
),

versions as (
    from staging.memory_spans
    anti join lines using (account_key, memory_id)
    union all by name
    from joined
)

select
    account_key,
    memory_id,
    row_number() over (
        partition by account_key, memory_id
        order by valid_from nulls first, valid_to nulls last
    ) as version_number,
    content,
    enabled,
    valid_from,
    valid_from_basis,
    valid_to,
    opened_after,
    known_from,
    last_seen_at,
    known_until
from versions;
