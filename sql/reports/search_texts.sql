-- The texts of some messages as the search index holds them, in the order in which they are given. Finds the rows first
-- and reads texts by their row numbers, since the view would read them all.
-- parameters: account_keys, conversation_ids, message_ids, positions (one for each)
with

wanted as (
    select
        unnest($account_keys::varchar[]) as account_key,
        unnest($conversation_ids::varchar[]) as conversation_id,
        unnest($message_ids::varchar[]) as message_id,
        unnest($positions::integer[]) as position,
        unnest(range(len($message_ids))) as place
),

recorded as (
    select
        w.place,
        r.record_key,
        w.position
    from wanted w
    join staging.conversation_records r using (account_key, conversation_id)
    where r.record_count = 1
    union all
    select
        w.place,
        s.record_key,
        s.record_position
    from wanted w
    join staging.merged_messages s using (account_key, conversation_id, message_id)
),

numbered as materialized (
    select
        r.place,
        m.rowid as row_number
    from recorded r
    join raw.messages m using (record_key, position)
)

select coalesce(m.spoken_text, m.text) as text
from raw.messages m
join numbered n on m.rowid = n.row_number
order by n.place;
