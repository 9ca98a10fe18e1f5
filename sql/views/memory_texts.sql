-- relation: memory_texts
-- grain:    one row per text of prose memory per export
-- key:      account_key, export_id, scope
-- reads:    raw.prose, raw.sightings, staging.exports
-- column:   scope - account, project:<id> or file:<path>
-- column:   text - the whole text, verbatim
-- column:   updated_at - when the provider last changed it; null: unknown
-- column:   statement_count - statements in it; they are memories of the channel prose
-- example:  select scope, left(text, 80) from memory_texts order by exported_at desc, scope
-- Memory as prose, as each export holds it.
create or replace view memory_texts as
select
    x.account_key,
    x.export_id,
    x.exported_at,
    p.scope,
    p.text,
    p.updated_at,
    p.statement_count
from raw.prose p
join raw.sightings s using (record_key)
join staging.exports x using (export_key)
where s.disposition = 'kept'
qualify row_number() over (
    partition by x.export_key, p.scope
    order by s.member_key desc, s.row_number desc
) = 1;
