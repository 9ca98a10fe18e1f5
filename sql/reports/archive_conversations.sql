-- The conversations of an archive, in the order in which their records lie in the database, with the length of their texts.
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

places as (
    select
        account_key,
        conversation_id,
        min(record_key) as place
    from staging.conversation_records
    group by account_key, conversation_id
)

select
    c.account_key,
    c.conversation_id,
    c.title,
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
    coalesce(z.text_bytes, 0)::bigint as text_bytes
from conversations c
left join text_sizes z using (account_key, conversation_id)
left join places l using (account_key, conversation_id)
left join projects p using (account_key, project_id)
where ($account_key is null or c.account_key = $account_key)
    and ($since::timestamptz is null or (greatest(c.created_at, c.updated_at) < $since) is not true)
order by l.place, c.account_key, c.conversation_id;
