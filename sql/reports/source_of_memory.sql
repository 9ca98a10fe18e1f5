-- Where one memory came from, with what stands around the quote in its message.
-- parameters: account_key, memory_id
select
    s.level,
    s.confidence,
    s.conversation_id,
    s.title,
    s.url,
    s.message_id,
    s.message_at,
    s.quote,
    coalesce(substring(coalesce(m.spoken_text, m.text), greatest(s.quote_start - 200, 0) + 1, least(s.quote_start, 200)), '') as quote_before,
    coalesce(substring(coalesce(m.spoken_text, m.text), s.quote_end + 1, 200), '') as quote_after,
    s.said_by,
    s.event_message_id,
    s.is_confirmed,
    s.why
from memory_sources s
left join messages m
    on m.account_key = s.account_key
    and m.conversation_id = s.conversation_id
    and m.message_id = s.message_id
    and substring(coalesce(m.spoken_text, m.text), s.quote_start + 1, s.quote_end - s.quote_start) = s.quote
where s.account_key = $account_key
    and s.memory_id = $memory_id;
