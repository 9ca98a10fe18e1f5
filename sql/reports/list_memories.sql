-- One row per memory, oldest first.
-- parameters: account_key, channel, text (each null = all)
select
    m.memory_id,
    m.content,
    m.enabled,
    m.channel,
    m.created_at,
    m.created_at_basis,
    m.updated_at,
    m.first_seen_at,
    m.last_seen_at,
    m.account_key
from memories m
where ($account_key is null or m.account_key = $account_key)
    and case when $channel is null then m.channel <> 'likely' else list_contains(m.channels, $channel) end
    and ($text is null or contains(lower(m.content), lower($text)))
order by m.account_key, m.created_at nulls last, m.memory_id;
