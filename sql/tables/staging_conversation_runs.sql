-- relation: staging.conversation_runs
-- grain:    one row per conversation per unbroken run of dated exports that hold the same records of it
-- key:      account_key, conversation_id, run_number
-- reads:    raw.sightings, raw.conversations, raw.members, staging.conversation_lists
-- Most exports repeat most conversations to the byte; only where a run begins can there be something to compare.
-- Only chats: conversations of other products may be left out of an export. Whoever is missing from a whole export in between begins a new run. Of several records in one export the last counts.
create or replace table staging.conversation_runs as
with

held as (
    select
        l.account_key,
        c.conversation_id,
        l.export_rank,
        any_value(l.previous_whole_rank) as previous_whole_rank,
        max({'member_name': m.name, 'row_number': s.row_number, 'record_key': s.record_key}).record_key as record_key,
        list(s.record_key order by s.record_key) as record_keys
    from raw.sightings s
    join raw.conversations c using (record_key)
    join raw.members m using (export_key, member_key)
    join staging.conversation_lists l using (export_key)
    where l.is_compared
        and c.kind = 'chat'
    group by l.account_key, c.conversation_id, l.export_rank
),

compared as (
    select
        *,
        record_keys is distinct from lag(record_keys) over life
            or coalesce(previous_whole_rank > lag(export_rank) over life, false) as is_first
    from held
    window life as (
        partition by account_key, conversation_id
        order by export_rank
    )
),

numbered as (
    select
        *,
        count(*) filter (where is_first) over (
            partition by account_key, conversation_id
            order by export_rank
            rows unbounded preceding
        ) as run_number
    from compared
)

select
    account_key,
    conversation_id,
    run_number,
    any_value(record_key) as record_key,
    any_value(record_keys) as record_keys,
    min(export_rank) as first_rank,
    max(export_rank) as last_rank
from numbered
group by account_key, conversation_id, run_number;
