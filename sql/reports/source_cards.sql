-- Every memory with its source, in the order of the list of memories: the newest first.
select
    s.account_key,
    s.memory_id,
    m.content,
    m.state,
    s.level,
    s.confidence,
    s.conversation_id,
    s.title,
    s.url,
    s.message_id,
    s.message_at,
    s.quote,
    coalesce(substring(coalesce(t.spoken_text, t.text), greatest(s.quote_start - 80, 0) + 1, least(s.quote_start, 80)), '') as quote_before,
    coalesce(substring(coalesce(t.spoken_text, t.text), s.quote_end + 1, 80), '') as quote_after,
    s.said_by,
    s.event_message_id,
    s.is_confirmed,
    s.why,
    l.explanation
from memories m
join memory_sources s using (account_key, memory_id)
left join raw.lookups l using (account_key, memory_id)
left join messages t
    on t.account_key = s.account_key
    and t.conversation_id = s.conversation_id
    and t.message_id = s.message_id
    and substring(coalesce(t.spoken_text, t.text), s.quote_start + 1, s.quote_end - s.quote_start) = s.quote
order by m.created_at desc nulls last, s.account_key, s.memory_id;
