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
    x.exported_at,
    x.exported_at_basis,
    x.is_loose,
    e.joined_account_key is not null as is_joined,
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
        select coalesce(list(name order by name), [])
        from staging.missing_files f
        where f.export_key = x.export_key
    ) as missing_parts
from staging.exports x
join raw.exports e using (export_key)
join accounts a using (account_key)
where x.export_key = $export_key;
