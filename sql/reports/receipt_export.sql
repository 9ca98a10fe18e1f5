-- One row: what is known about one export as a whole.
-- parameters: export_key
select
    x.export_id,
    e.file_name,
    x.provider,
    x.assistant,
    x.dialect,
    x.account_key,
    a.label as account_label,
    (select count(distinct o.account_key) from staging.exports o) as account_count,
    x.exported_at,
    x.exported_at_basis,
    x.is_loose,
    x.is_loose and exists (
        from staging.exports o
        where o.account_key = x.account_key
            and o.export_key <> x.export_key
    ) as is_joined,
    e.is_open_ended,
    (select count(*) from raw.media m where m.export_key = x.export_key) as media_count,
    (
        select count(*)
        from memories m
        where m.account_key = x.account_key
            and m.channel <> 'likely'
    ) as memory_count,
    (
        select count(*)
        from memories m
        where m.account_key = x.account_key
            and m.channel = 'likely'
    ) as likely_count,
    (
        select count(*) - count(distinct m.text_key)
        from raw.memories m
        join raw.sightings s using (record_key)
        where s.export_key = x.export_key
            and s.disposition = 'kept'
            and m.channel = 'dump'
    ) as repeated_count,
    (
        select count(*)
        from raw.messages m
        join raw.sightings s using (record_key)
        where s.export_key = x.export_key
            and s.disposition = 'kept'
            and m.content_type = 'empty'
    ) as empty_message_count,
    (
        select count(*)
        from staging.exports o
        where o.account_key = x.account_key
            and o.exported_at = x.exported_at
            and o.export_key <> x.export_key
    ) as same_time_count,
    (
        select coalesce(list(o.export_id order by o.export_id), [])
        from staging.exports o
        join raw.exports p using (export_key)
        where o.account_key = x.account_key
            and o.export_key <> x.export_key
            and (o.exported_at = x.exported_at or p.is_open_ended)
            and not exists (
                select 1
                from raw.members m
                where m.export_key = o.export_key
                    and m.status <> 'skipped'
                    and m.sha256 not in (select h.sha256 from raw.members h where h.export_key = x.export_key and h.sha256 is not null)
            )
    ) as contained_ids,
    (
        select coalesce(list(name order by name), [])
        from staging.missing_files f
        where f.export_key = x.export_key
    ) as missing_parts
from staging.exports x
join raw.exports e using (export_key)
join accounts a using (account_key)
where x.export_key = $export_key;
