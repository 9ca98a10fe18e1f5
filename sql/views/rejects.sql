-- relation: rejects
-- grain:    one row per record that could not be read, or not all of it
-- key:      export_id, file_name, row_number
-- reads:    raw.rejects, raw.sightings, raw.unread_parts, raw.members, staging.exports
-- column:   file_name - the file in the export; of a delivery in parts with its part: conversations-001.zip/conversations.json
-- example:  select file_name, row_number, reason from rejects
-- row_number counts from 1 inside its file. The record itself stays in the raw zone.
create or replace view rejects as
with

unreadable as (
    from raw.rejects
    union all by name
    select
        s.export_key,
        s.member_key,
        s.row_number,
        u.reason,
        u.excerpt
    from raw.sightings s
    join raw.unread_parts u using (record_key)
)

select
    x.export_id,
    m.name as file_name,
    r.row_number,
    r.reason,
    r.excerpt
from unreadable r
join raw.members m using (export_key, member_key)
join staging.exports x using (export_key);
