-- The memories of an archive, likely ones too, each with its source.
-- parameters: account_key (null = all), since (null = of any time)
select
    m.account_key,
    m.memory_id,
    m.channel,
    m.content,
    m.state,
    m.state_reason,
    m.enabled,
    m.created_at,
    m.created_at_basis,
    m.updated_at,
    m.is_edited,
    m.origin,
    m.first_seen_at,
    m.last_seen_at,
    m.deleted_after,
    m.deleted_before,
    m.deleted_at,
    m.section,
    s.level,
    s.confidence,
    s.is_confirmed,
    s.conversation_id,
    s.title,
    s.url,
    s.message_at,
    s.quote,
    s.said_by,
    s.why,
    t.position as message_position,
    t.role as message_role
from memories m
join memory_sources s using (account_key, memory_id)
left join messages t
    on t.account_key = s.account_key
    and t.conversation_id = s.conversation_id
    and t.message_id = s.message_id
where ($account_key is null or m.account_key = $account_key)
    and (
        $since::timestamptz is null
        or m.created_at is null
        or greatest(m.created_at, m.updated_at, m.deleted_at, m.deleted_before) >= $since
    )
order by m.account_key, m.created_at nulls last, m.scope nulls first, m.position, m.memory_id;
