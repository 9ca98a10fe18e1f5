-- The conversations of an archive, in the order in which their records lie in the database, those that several records
-- tell at the end; with the length of their texts, the key of the record where there is only one, and all titles that
-- exports show, the earliest first.
-- parameters: account_key (null = all), since (null = of any time)
with

text_sizes as (
    select
        account_key,
        conversation_id,
        sum(strlen(text)) as text_bytes
    from messages
    group by account_key, conversation_id
),

records as (
    select
        account_key,
        conversation_id,
        case when count(*) = 1 then min(record_key) end as record_key
    from staging.conversation_records
    group by account_key, conversation_id
),

titles as (
    select
        r.account_key,
        r.conversation_id,
        c.title,
        min(e.export_rank) as first_rank
    from staging.conversation_records r
    join raw.conversations c using (record_key)
    join raw.sightings s using (record_key)
    join staging.exports e on e.export_key = s.export_key and e.account_key = r.account_key
    where r.record_count > 1
        and c.title is not null
    group by r.account_key, r.conversation_id, c.title
),

title_lists as (
    select
        account_key,
        conversation_id,
        list(title order by first_rank, title) as titles
    from titles
    group by account_key, conversation_id
)

select
    c.account_key,
    c.conversation_id,
    c.title,
    coalesce(t.titles, [c.title]) as titles,
    c.url,
    c.created_at,
    c.updated_at,
    c.message_count,
    c.model,
    c.project_id,
    case when c.kind = 'chat' then p.name end as project_name,
    c.is_archived,
    c.is_vanished,
    c.kind,
    coalesce(z.text_bytes, 0)::bigint as text_bytes,
    r.record_key
from conversations c
left join text_sizes z using (account_key, conversation_id)
left join records r using (account_key, conversation_id)
left join title_lists t using (account_key, conversation_id)
left join projects p using (account_key, project_id)
where ($account_key is null or c.account_key = $account_key)
    and ($since::timestamptz is null or c.created_at is null or greatest(c.created_at, c.updated_at) >= $since)
order by r.record_key nulls last, c.account_key, c.conversation_id;
