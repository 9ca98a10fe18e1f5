-- Conversations that somebody may mean: by id, by the beginning of an id, by words of the title.
-- parameters: words, account_key (null = all)
select
    account_key,
    conversation_id as item_id,
    title as text,
    case
        when conversation_id = $words then 1
        when starts_with(lower(conversation_id), lower($words)) then 2
        else 3
    end as match_rank
from conversations
where ($account_key is null or account_key = $account_key)
    and (
        starts_with(lower(conversation_id), lower($words))
        or contains(lower(title), lower($words))
    )
order by match_rank, created_at nulls last, conversation_id;
