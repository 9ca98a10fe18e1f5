-- All memories in the order of the newest list that has them, with what is known of their sources already.
with

places as (
    select
        account_key,
        memory_id,
        max({'export_rank': coalesce(export_rank, 0), 'row_number': row_number}) filter (
            where channel not in ('event', 'likely', 'prose')
        ) as place
    from staging.memory_sightings
    group by account_key, memory_id
),

recorded as (
    select
        account_key,
        memory_id,
        arg_min(r.conversation_id, r.link_rank) as conversation_id
    from staging.recorded_links r
    left join staging.link_verdicts v using (account_key, memory_id, conversation_id)
    where r.role = 'origin'
        and v.verdict is distinct from 'rejected'
    group by account_key, memory_id
),

verdicts as (
    select
        account_key,
        memory_id,
        arg_max(conversation_id, decided_at) filter (where verdict = 'confirmed') as confirmed_conversation_id,
        list(conversation_id order by conversation_id) filter (where verdict = 'rejected') as rejected_conversation_ids
    from staging.link_verdicts
    group by account_key, memory_id
)

select
    m.account_key,
    m.memory_id,
    m.content,
    m.channel,
    m.state,
    case when m.created_at_basis not in ('stated_month', 'stated_year') then epoch(m.created_at) end as created_at,
    p.place is not null as is_listed,
    r.conversation_id as recorded_conversation_id,
    v.confirmed_conversation_id,
    coalesce(v.rejected_conversation_ids, []) as rejected_conversation_ids
from memories m
left join places p using (account_key, memory_id)
left join recorded r using (account_key, memory_id)
left join verdicts v using (account_key, memory_id)
order by m.account_key, p.place.export_rank nulls last, p.place.row_number nulls last, m.created_at nulls last, m.memory_id;
