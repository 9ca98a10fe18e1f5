-- Memories that somebody may mean: by id, by the beginning of an id, by words of any text that they had (likely saves
-- by id only).
-- parameters: words, account_key (null = all)
select
    account_key,
    memory_id as item_id,
    content as text,
    case
        when memory_id = $words then 1
        when starts_with(memory_id, $words) then 2
        else 3
    end as match_rank
from memories
where ($account_key is null or account_key = $account_key)
    and (
        starts_with(memory_id, $words)
        or (account_key, memory_id) in (
            select
                account_key,
                memory_id
            from staging.memory_sightings
            where channel <> 'likely'
                and contains(lower(content), lower($words))
        )
    )
order by match_rank, created_at nulls last, memory_id;
