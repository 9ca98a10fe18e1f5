-- One row per field of an export or of the export by the same provider before it, in kinds of places (families) that
-- both have: a file that is only in one of them has no new or vanished fields.
-- parameters: export_key
with

this_export as (
    from staging.exports
    where export_key = $export_key
),

previous_export as (
    select x.export_key
    from staging.exports x
    join this_export t using (account_key, provider)
    where x.export_rank < t.export_rank
        and (x.dialect is null) = (t.dialect is null)
    order by x.export_rank desc
    limit 1
),

shape_uses as (
    select distinct
        s.export_key,
        r.provider,
        unnest(r.shape_keys) as shape_key
    from raw.sightings s
    join raw.records r using (record_key)
    where s.export_key = $export_key
        or s.export_key in (from previous_export)
),

fields as (
    select
        u.export_key,
        h.place,
        regexp_extract(h.place, '^[^.:]+') as family,
        unnest(h.fields) as field
    from shape_uses u
    join raw.shapes h using (provider, shape_key)
)

select
    place,
    field,
    bool_or(export_key = $export_key) as is_here,
    bool_or(export_key <> $export_key) as was_in_previous,
    exists (from previous_export) and any_value(family) in (
        select family
        from fields
        group by family
        having count(distinct export_key) > 1
    ) as has_previous
from fields
group by place, field
order by place, field;
