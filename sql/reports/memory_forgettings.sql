-- The recorded calls to forget one memory, oldest first.
-- parameters: account_key, memory_id
select distinct
    m.seen_at,
    m.conversation_id,
    c.title,
    c.url,
    m.message_id
from staging.memory_moments m
left join conversations c using (account_key, conversation_id)
where m.account_key = $account_key
    and m.memory_id = $memory_id
    and m.moment_kind = 'forgotten'
order by m.seen_at, m.conversation_id, m.message_id;
