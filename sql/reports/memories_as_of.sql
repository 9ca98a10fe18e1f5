-- The memories as they stood at a time, oldest first.
-- parameters: moment, account_key, channel, text, states (each but moment null = all)
select
    account_key,
    memory_id,
    content,
    enabled,
    valid_from,
    valid_to,
    is_uncertain,
    why
from memories_as_of($moment)
where ($account_key is null or account_key = $account_key)
    and ($text is null or contains(lower(content), lower($text)))
    and (
        $states::varchar[] is null
        or list_contains($states::varchar[], case when enabled is false then 'disabled' else 'active' end)
    )
    and (
        $channel is null
        or (account_key, memory_id) in (
            select
                account_key,
                memory_id
            from memories
            where list_contains(channels, $channel)
        )
    )
order by account_key, valid_from nulls last, memory_id;
