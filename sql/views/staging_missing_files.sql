-- relation: staging.missing_files
-- grain:    one row per export per file that its manifest or its delivery promises and that is not there
-- key:      export_key, entity, name
-- reads:    raw.expected_files, raw.sightings, raw.members, raw.media, raw.missing_parts
-- entity null: nobody knows what it would have held.
create or replace view staging.missing_files as
with present as (
    select
        export_key,
        parse_filename(name) as base_name
    from raw.members
    where status <> 'skipped'
    union
    select
        export_key,
        parse_filename(name)
    from raw.media
)
select distinct
    s.export_key,
    x.entity,
    x.name
from raw.expected_files x
join raw.sightings s using (record_key)
left join present p
    on p.export_key = s.export_key
    and p.base_name = parse_filename(x.name)
where p.base_name is null
union
select
    export_key,
    case when entity = 'memory_prose' then 'memories' else entity end as entity,
    name
from raw.missing_parts;
