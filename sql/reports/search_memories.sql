-- What the assistant remembers or remembered, without likely saves; said_at: when it was saved, else first seen.
select
    account_key,
    memory_id,
    content,
    state,
    coalesce(created_at, first_seen_at) as said_at,
    case when starts_with(scope, 'project:') then substr(scope, 9) end as project_id
from memories
where channel <> 'likely'
order by account_key, memory_id;
