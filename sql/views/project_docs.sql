-- relation: project_docs
-- grain:    one row per document of a project, in its newest known state
-- key:      account_key, project_id, doc_id
-- reads:    raw.project_docs, raw.sightings, staging.exports
-- column:   doc_id - the provider's id, verbatim
-- column:   name - its file name
-- example:  select name, length(text) from project_docs
-- The documents that a project gives to every conversation in it, also those that newer exports lack.
create or replace view project_docs as
select
    x.account_key,
    d.project_id,
    d.doc_id,
    arg_max(d.name, x.export_rank) as name,
    arg_max(d.text, x.export_rank) as text,
    arg_max(d.created_at, x.export_rank) as created_at,
    min(x.exported_at) as first_seen_at,
    max(x.exported_at) as last_seen_at
from raw.project_docs d
join raw.sightings s using (record_key)
join staging.exports x using (export_key)
group by x.account_key, d.project_id, d.doc_id;
