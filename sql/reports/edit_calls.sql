-- The calls that change or show an account's list of edits, in the order of their times.
with shown as (
    select
        r.account_key,
        m.conversation_id,
        m.message_id,
        list({'content': m.content, 'text_key': m.text_key} order by m.position) as listed
    from raw.memories m
    join staging.conversation_records r using (record_key, conversation_id)
    where m.channel = 'list_snapshot'
    group by r.account_key, m.conversation_id, m.message_id, r.record_rank
    qualify r.record_rank = max(r.record_rank) over (partition by r.account_key, m.conversation_id, m.message_id)
),

whole_lists as (
    select
        r.account_key,
        l.conversation_id,
        l.message_id,
        max(l.memory_count) as memory_count
    from raw.lists l
    join staging.conversation_records r using (record_key, conversation_id)
    group by r.account_key, l.conversation_id, l.message_id
)

select
    e.account_key,
    e.conversation_id,
    e.message_id,
    e.event_index,
    e.action,
    e.content,
    e.text_key,
    e.line_number,
    e.occurred_at,
    case
        when e.action = 'list' and l.memory_count is not null and e.event_index = max(e.event_index) filter (where e.action = 'list') over (
            partition by e.account_key, e.conversation_id, e.message_id
        ) then coalesce(s.listed, [])
    end as listed
from staging.recorded_events e
left join raw.messages m
    on m.record_key = e.record_key
    and m.message_id = e.message_id
left join whole_lists l
    on l.account_key = e.account_key
    and l.conversation_id = e.conversation_id
    and l.message_id = e.message_id
left join shown s
    on s.account_key = e.account_key
    and s.conversation_id = e.conversation_id
    and s.message_id = e.message_id
where e.is_list_edit
    and e.action <> 'noop'
order by e.account_key, e.occurred_at nulls last, e.conversation_id, m.position, e.event_index;
