-- One row per memory, oldest first; those of one date, or without one, in the order of their list or text.
-- parameters: account_key, channel, text, states (each null = all)
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
    m.account_key,
    m.state,
    m.state_basis,
    m.state_reason,
    m.deleted_after,
    m.deleted_before,
    m.deleted_at,
    m.is_edited,
    m.origin,
    m.origin_reason,
    m.scope,
    m.section,
    m.merged_with
from memories m
where ($account_key is null or m.account_key = $account_key)
    and case when $channel is null then m.channel <> 'likely' else list_contains(m.channels, $channel) end
    and ($text is null or contains(lower(m.content), lower($text)))
    and ($states::varchar[] is null or list_contains($states::varchar[], m.state))
order by m.account_key, m.created_at nulls last, m.scope nulls first, m.position, m.memory_id;
