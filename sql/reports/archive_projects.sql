-- The projects of an archive with all names that exports give them, the earliest first, and those of their documents.
-- parameters: account_key (null = all)
with

documents as (
    select
        account_key,
        project_id,
        list(name order by name, doc_id) as doc_names
    from project_docs
    group by account_key, project_id
),

names as (
    select
        e.account_key,
        p.project_id,
        p.name,
        min(e.export_rank) as first_rank
    from raw.projects p
    join raw.sightings s using (record_key)
    join staging.exports e using (export_key)
    where trim(p.name) <> ''
    group by e.account_key, p.project_id, p.name
),

name_lists as (
    select
        account_key,
        project_id,
        list(name order by first_rank, name) as names
    from names
    group by account_key, project_id
)

select
    p.account_key,
    p.project_id,
    p.name,
    coalesce(n.names, []) as names,
    p.description,
    p.instructions,
    p.created_at,
    p.updated_at,
    coalesce(d.doc_names, []) as doc_names
from projects p
left join documents d using (account_key, project_id)
left join name_lists n using (account_key, project_id)
where $account_key is null or p.account_key = $account_key
order by p.account_key, p.name nulls last, p.project_id;
