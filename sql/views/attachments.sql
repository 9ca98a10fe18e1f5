-- relation: attachments
-- grain:    one row per message per attached file
-- key:      account_key, conversation_id, message_id, attachment_id
-- reads:    raw.attachments, raw.file_names, raw.media, raw.sightings, staging.conversation_records, staging.exports
-- example:  select name, mime_type, size_bytes from attachments where is_in_export
-- Files are indexed, never copied: name and size as the export tells them; is_in_export: an export that was ingested holds the file.
create or replace view attachments as
with

carried as (
    select
        r.account_key,
        a.*
    from raw.attachments a
    join staging.conversation_records r using (record_key, conversation_id)
    qualify row_number() over (
        partition by r.account_key, a.conversation_id, a.message_id, a.attachment_id
        order by r.record_rank desc
    ) = 1
),

real_names as (
    select
        x.account_key,
        regexp_replace(n.stored_name, '\.dat$', '') as attachment_id,
        arg_max(n.name, x.export_rank) as name,
        arg_max(n.mime_type, x.export_rank) as mime_type,
        arg_max(n.size_bytes, x.export_rank) as size_bytes
    from raw.file_names n
    join raw.sightings s using (record_key)
    join staging.exports x using (export_key)
    group by x.account_key, regexp_replace(n.stored_name, '\.dat$', '')
),

stored_files as (
    select
        x.account_key,
        regexp_extract(parse_filename(m.name), '^(file[-_][0-9A-Za-z]+|[^.]+)') as attachment_id,
        arg_max(m.name, x.export_rank) as path,
        arg_max(m.size_bytes, x.export_rank) as size_bytes
    from raw.media m
    join staging.exports x using (export_key)
    group by x.account_key, regexp_extract(parse_filename(m.name), '^(file[-_][0-9A-Za-z]+|[^.]+)')
)

select
    c.account_key,
    c.conversation_id,
    c.message_id,
    c.attachment_id,
    coalesce(c.name, n.name) as name,
    coalesce(c.mime_type, n.mime_type) as mime_type,
    coalesce(c.size_bytes, n.size_bytes, f.size_bytes) as size_bytes,
    c.kind,
    f.path is not null as is_in_export,
    f.path
from carried c
left join real_names n using (account_key, attachment_id)
left join stored_files f using (account_key, attachment_id);
