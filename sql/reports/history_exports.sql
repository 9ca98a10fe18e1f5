-- Exports in order with what each proves about the memory list; undated ones first.
-- parameters: account_key (null = all)
select
    x.export_id,
    x.account_key,
    x.exported_at,
    x.exported_at_basis,
    e.file_name,
    l.status as memory_coverage,
    l.is_whole,
    l.why_not_whole,
    case when l.status <> 'absent' then l.memory_count end as memory_count,
    c.status as conversation_coverage,
    l.same_time_export_id
from staging.exports x
join raw.exports e using (export_key)
join staging.memory_lists l using (export_key)
join staging.coverage c
    on c.export_key = x.export_key
    and c.entity = 'conversations'
where $account_key is null or x.account_key = $account_key
order by x.account_key, x.export_rank;
