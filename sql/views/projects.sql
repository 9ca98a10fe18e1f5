-- relation: projects
-- grain:    one row per project
-- key:      account_key, project_id
-- reads:    conversations, raw.projects, raw.project_docs, raw.sightings, staging.exports, staging.coverage
-- column:   instructions - what the project tells the assistant in every conversation; null: not exported
-- column:   conversation_count - number of its conversations; null: no export tells which conversations it has
-- column:   doc_count - documents of the project in the newest export that describes it; null: not exported
-- example:  select name, conversation_count, doc_count from projects
-- Projects as the provider describes them, in the newest known state, and as conversations name them: a ChatGPT export
-- holds neither their names nor their instructions (null).
create or replace view projects as
with

told as (
    select
        x.account_key,
        p.project_id,
        arg_max(p.record_key, x.export_rank) as record_key,
        min(x.exported_at) as first_seen_at,
        max(x.exported_at) as last_seen_at,
        bool_or(v.status <> 'absent') as is_with_conversations
    from raw.projects p
    join raw.sightings s using (record_key)
    join staging.exports x using (export_key)
    join staging.coverage v on v.export_key = x.export_key and v.entity = 'conversations'
    group by x.account_key, p.project_id
),

described as (
    select
        t.account_key,
        t.first_seen_at,
        t.last_seen_at,
        t.is_with_conversations,
        p.*,
        (select count(*) from raw.project_docs d where d.record_key = t.record_key and d.project_id = t.project_id) as doc_count
    from told t
    join raw.projects p using (record_key, project_id)
),

named as (
    select
        account_key,
        project_id,
        count(*) as conversation_count,
        min(created_at) as first_conversation_at,
        max(coalesce(updated_at, created_at)) as last_conversation_at,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at
    from conversations
    where project_id is not null
        and kind = 'chat' -- design chats number their projects apart
    group by account_key, project_id
),

accounts_that_name_projects as (
    select distinct
        account_key,
        true as has_names
    from named
)

select
    account_key,
    project_id,
    d.name,
    d.description,
    d.instructions,
    d.is_private,
    d.doc_count,
    coalesce(n.conversation_count, case when a.has_names and d.is_with_conversations then 0 end) as conversation_count,
    n.first_conversation_at,
    n.last_conversation_at,
    least(n.first_seen_at, d.first_seen_at) as first_seen_at,
    greatest(n.last_seen_at, d.last_seen_at) as last_seen_at,
    d.created_at,
    d.updated_at
from named n
full join described d using (account_key, project_id)
left join accounts_that_name_projects a using (account_key);
