-- relation: staging.conversation_records
-- grain:    one row per account per conversation per distinct record of it
-- key:      account_key, conversation_id, record_key
-- reads:    raw.conversations, raw.sightings, raw.members, staging.exports
-- Every state in which a conversation was exported; record_rank counts up to record_count, the newest.
create or replace table staging.conversation_records as
with newest_sightings as (
    select
        e.account_key,
        c.conversation_id,
        s.record_key,
        any_value(c.has_tool_layer) as has_tool_layer,
        max({'export_rank': e.export_rank, 'member_name': m.name, 'row_number': s.row_number}) as newest
    from raw.sightings s
    join raw.conversations c using (record_key)
    join staging.exports e using (export_key)
    join raw.members m using (export_key, member_key)
    group by e.account_key, c.conversation_id, s.record_key
)
select
    account_key,
    conversation_id,
    record_key,
    has_tool_layer,
    newest.export_rank as export_rank,
    row_number() over (partition by account_key, conversation_id order by newest) as record_rank,
    count(*) over (partition by account_key, conversation_id) as record_count
from newest_sightings;
