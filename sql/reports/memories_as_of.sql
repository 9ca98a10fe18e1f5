-- The memories as they stood at a time, oldest first.
-- parameters: moment, account_key, text (null = all)
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
order by account_key, valid_from nulls last, memory_id;
