-- relation: staging.memory_runs
-- grain:    one row per memory per unbroken time in which it was there, as known after the last list
-- key:      account_key, memory_id, run_number
-- reads:    staging.memory_steps, staging.memory_snapshots, staging.memory_lists, staging.memory_moments, staging.memory_sightings, memory_edits, memory_events
-- Where the lists end, conversations go on: a save begins or goes on with a run, a "Forget" call ends it. Of a memory
-- that the last list shows the first run is what that list says (is_listed). Memories that no list with a place in time
-- ever showed have all their runs here; a whole list that lacks such a one ends its run, and a call that replaces its text
-- begins another. Standing: no longer in the text, but in the list of edits. Where two memories of the list
-- have one text, a call cannot tell which it means, and ends none.
create or replace table staging.memory_runs as
with

filled as (
    select
        account_key,
        max(exported_at) as exported_at
    from staging.memory_lists
    where is_whole
        and memory_count > 0
    group by account_key
),

last_shown as (
    select
        s.account_key,
        s.memory_id,
        max(l.exported_at) as exported_at
    from staging.memory_snapshots s
    join staging.memory_lists l using (export_key)
    where l.is_placed
    group by s.account_key, s.memory_id
),

last_listed as (
    select
        t.account_key,
        t.memory_id,
        arg_max(t.is_present, t.export_rank) as is_present,
        arg_max(t.text_key_after, t.export_rank) as text_key,
        case when arg_max(t.is_present, t.export_rank) then any_value(s.exported_at) else any_value(f.exported_at) end as seen_at
    from staging.memory_steps t
    join last_shown s using (account_key, memory_id)
    left join filled f using (account_key)
    group by t.account_key, t.memory_id
),

standing_lines as (
    select
        l.account_key,
        l.memory_id,
        arg_max(s.text_key, e.valid_from) as text_key
    from last_listed l
    join memory_edits e
        on e.account_key = l.account_key
        and e.memory_id = l.memory_id
        and e.valid_from <= l.seen_at
        and coalesce(e.valid_to > l.seen_at, e.ended_by is null)
    join staging.memory_sightings s
        on s.account_key = e.account_key
        and s.memory_id = e.memory_id
        and s.content = e.content
    where not l.is_present
    group by l.account_key, l.memory_id
),

shared_texts as (
    select
        account_key,
        text_key
    from last_listed
    where is_present
    group by account_key, text_key
    having count(*) > 1
),

rewritten as (
    select distinct
        account_key,
        conversation_id,
        message_id,
        text_key
    from memory_events
    where action = 'replace'
),

evidence as (
    select
        l.account_key,
        l.memory_id,
        coalesce(e.text_key, l.text_key) as text_key,
        l.seen_at,
        l.seen_at as known_at,
        case when l.is_present then 'listed' when e.text_key is not null then 'standing' else 'gone' end as moment_kind
    from last_listed l
    left join standing_lines e using (account_key, memory_id)
    union all by name
    select
        m.account_key,
        m.memory_id,
        m.text_key,
        m.seen_at,
        m.seen_at as known_at,
        m.moment_kind,
        m.moment_kind = 'saved' and r.text_key is not null as is_rewritten
    from staging.memory_moments m
    left join rewritten r
        on r.account_key = m.account_key
        and r.conversation_id = m.conversation_id
        and r.message_id = m.message_id
        and r.text_key = m.text_key
    left join last_listed l
        on l.account_key = m.account_key
        and l.memory_id = m.memory_id
    left join shared_texts t
        on t.account_key = m.account_key
        and t.text_key = m.text_key
        and m.moment_kind = 'forgotten'
    where m.moment_kind <> 'missing'
        and t.text_key is null
        and coalesce(m.seen_at > l.seen_at, true)
    union all by name
    select
        m.account_key,
        m.memory_id,
        f.exported_at as seen_at,
        f.exported_before as known_at,
        'not_listed' as moment_kind
    from (select distinct account_key, memory_id from staging.memory_moments) m
    anti join last_listed l using (account_key, memory_id)
    join staging.memory_lists f using (account_key)
    where f.is_whole
        and f.memory_count > 0
        and not f.is_prose
),

turns as (
    select
        *,
        moment_kind in ('listed', 'standing', 'saved', 'shown') as is_present,
        is_present is distinct from lag(is_present) over life
            or is_rewritten and text_key <> lag(text_key) over life as is_turn
    from evidence
    window life as (
        partition by account_key, memory_id
        order by seen_at, moment_kind, text_key
    )
),

numbered as (
    select
        *,
        count(*) filter (where is_turn) over (
            partition by account_key, memory_id
            order by seen_at, moment_kind, text_key
            rows unbounded preceding
        ) as turn_number
    from turns
),

stretches as (
    select
        account_key,
        memory_id,
        turn_number,
        any_value(is_present) as is_present,
        min({'seen_at': seen_at, 'moment_kind': moment_kind, 'text_key': text_key, 'known_at': known_at}) as started,
        max(seen_at) as last_shown_at
    from numbered
    group by account_key, memory_id, turn_number
),

ended as (
    select
        *,
        lead(started) over (
            partition by account_key, memory_id
            order by turn_number
        ) as ended
    from stretches
)

select
    account_key,
    memory_id,
    row_number() over (
        partition by account_key, memory_id
        order by turn_number
    ) as run_number,
    started.moment_kind = 'listed' as is_listed,
    started.seen_at as started_at,
    started.moment_kind as started_by,
    started.text_key as text_key,
    last_shown_at,
    ended.known_at as ended_at,
    ended.moment_kind as ended_by
from ended
where is_present;
