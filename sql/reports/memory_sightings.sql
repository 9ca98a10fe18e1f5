-- Where one memory was seen, oldest first.
-- parameters: account_key, memory_id
select
    s.channel,
    s.seen_at,
    s.content,
    s.enabled,
    x.export_id,
    e.file_name,
    s.conversation_id,
    c.title,
    c.url,
    s.message_id
from staging.memory_sightings s
left join staging.exports x using (export_key)
left join raw.exports e using (export_key)
left join conversations c
    on c.account_key = s.account_key
    and c.conversation_id = s.conversation_id
where s.account_key = $account_key
    and s.memory_id = $memory_id
order by s.seen_at nulls last, s.channel, s.message_id, s.line_number;
