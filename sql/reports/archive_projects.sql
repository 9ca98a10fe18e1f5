-- The projects of an archive with the names of their documents.
-- parameters: account_key (null = all)
with documents as (
    select
        account_key,
        project_id,
        list(name order by name, doc_id) as doc_names
    from project_docs
    group by account_key, project_id
)
select
    p.account_key,
    p.project_id,
    p.name,
    p.description,
    p.instructions,
    p.created_at,
    p.updated_at,
    coalesce(d.doc_names, []) as doc_names
from projects p
left join documents d using (account_key, project_id)
where $account_key is null or p.account_key = $account_key
order by p.account_key, p.name nulls last, p.project_id;
