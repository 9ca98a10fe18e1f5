-- When each conversation began and ended, oldest first.
select
    account_key,
    conversation_id,
    epoch(created_at) as began_at,
    epoch(coalesce(updated_at, created_at)) as ended_at
from conversations
where created_at is not null
order by account_key, created_at, conversation_id;
