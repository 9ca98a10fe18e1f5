-- Memories that somebody may mean: by id, by the beginning of an id, by words of any text that they had, last likely
-- saves by their words.
-- parameters: words, account_key (null = all)
with

worded as (
    select
        account_key,
        memory_id,
        bool_and(channel = 'likely') as is_likely
    from staging.memory_sightings
    where contains(lower(content), lower($words))
    group by account_key, memory_id
)

select
    m.account_key,
    m.memory_id as item_id,
    m.content as text,
    case
        when m.memory_id = $words then 1
        when starts_with(m.memory_id, $words) then 2
        when not w.is_likely then 3
        else 4
    end as match_rank
from memories m
left join worded w using (account_key, memory_id)
where ($account_key is null or m.account_key = $account_key)
    and (starts_with(m.memory_id, $words) or w.is_likely is not null)
order by match_rank, m.created_at nulls last, m.memory_id;
