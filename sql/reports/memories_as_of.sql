-- The memories as they stood at a time, oldest first; those of one time, or without one, in the order of their list or text.
-- parameters: moment, account_key, channel, text, states (each but moment null = all)
select
    t.account_key,
    t.memory_id,
    t.content,
    t.enabled,
    t.valid_from,
    t.valid_to,
    t.is_uncertain,
    t.why,
    t.merged_with
from memories_as_of($moment) t
left join memories m using (account_key, memory_id)
where ($account_key is null or t.account_key = $account_key)
    and ($text is null or contains(lower(t.content), lower($text)))
    and (
        $states::varchar[] is null
        or list_contains($states::varchar[], case when t.enabled is false then 'disabled' else 'active' end)
    )
    and (
        $channel is null
        or list_contains(m.channels, $channel)
    )
order by t.account_key, t.valid_from nulls last, m.scope nulls first, m.position, t.memory_id;
