-- relation: projects
-- grain:    one row per project
-- key:      account_key, project_id
-- reads:    conversations
-- example:  select project_id, conversation_count from projects
-- Projects as conversations name them; a ChatGPT export holds neither their names nor their instructions (null).
create or replace view projects as
select
    account_key,
    project_id,
    null::varchar as name,
    null::varchar as instructions,
    count(*) as conversation_count,
    min(created_at) as first_conversation_at,
    max(coalesce(updated_at, created_at)) as last_conversation_at,
    min(first_seen_at) as first_seen_at,
    max(last_seen_at) as last_seen_at
from conversations
where project_id is not null
group by account_key, project_id;
