-- One row per account: how much of it there is.
with

export_counts as (
    select
        account_key,
        count(*) as export_count,
        count(*) filter (where dialect is not null) as export_with_conversations_count,
        count(*) filter (where memory_coverage = 'complete') as whole_list_count,
        count(*) filter (where memory_coverage = 'complete' and exported_at is not null) as comparable_list_count,
        count(*) filter (where memory_coverage = 'partial') as part_list_count,
        arg_max(memory_count, exported_at) filter (where memory_coverage = 'complete') as newest_list_count,
        count(*) filter (where event_coverage <> 'absent') as tool_layer_count,
        min(exported_at) as first_export_at,
        max(exported_at) as last_export_at
    from exports
    group by account_key
),

memory_counts as (
    select
        account_key,
        count(*) filter (where channel <> 'likely') as memory_count,
        count(*) filter (where channel = 'likely') as likely_count
    from memories
    group by account_key
),

conversation_counts as (
    select
        account_key,
        count(*) as conversation_count,
        sum(message_count)::bigint as message_count
    from conversations
    group by account_key
),

source_counts as (
    select
        s.account_key,
        count(*) filter (where s.level = 'recorded') as recorded_source_count,
        count(s.conversation_id) filter (where s.level is distinct from 'recorded') as inferred_source_count,
        count(*) filter (where s.level = 'none') as unfound_source_count
    from memory_sources s
    join memories m using (account_key, memory_id)
    where m.channel <> 'likely'
    group by s.account_key
),

event_counts as (
    select
        account_key,
        count(*) as event_count
    from memory_events
    group by account_key
)

select
    a.account_key,
    a.provider,
    a.label,
    x.export_count,
    x.export_with_conversations_count,
    x.whole_list_count,
    x.comparable_list_count,
    x.part_list_count,
    x.newest_list_count,
    x.tool_layer_count,
    x.first_export_at,
    x.last_export_at,
    coalesce(m.memory_count, 0) as memory_count,
    coalesce(m.likely_count, 0) as likely_count,
    coalesce(c.conversation_count, 0) as conversation_count,
    coalesce(c.message_count, 0) as message_count,
    coalesce(v.event_count, 0) as event_count,
    coalesce(s.recorded_source_count, 0) as recorded_source_count,
    coalesce(s.inferred_source_count, 0) as inferred_source_count,
    coalesce(s.unfound_source_count, 0) as unfound_source_count
from accounts a
join export_counts x using (account_key)
left join memory_counts m using (account_key)
left join conversation_counts c using (account_key)
left join event_counts v using (account_key)
left join source_counts s using (account_key)
order by a.account_key;
