-- relation: staging.exports
-- grain:    one row per export
-- key:      export_key
-- reads:    staging.export_users, raw.exports, raw.sightings, raw.conversations, raw.memories, raw.feedback
-- reads:    raw.prose, raw.projects, raw.project_docs
-- Whose export it is, when it was made, and its place in time (export_rank, undated ones first). It was made by
-- exported_before: the same time, but where that is only the newest record's, the time of the next export with a date.
-- Account: the --account option, else the person whose data it is, else the account of
-- another export that shares a conversation, else (a loose list) the assistant's only account, else one that all such
-- lists of the assistant share.
create or replace table staging.exports as
with recursive

owners as (
    select
        export_key,
        min(user_id) as user_id
    from staging.export_users
    group by export_key
),

stated_accounts as (
    select
        e.export_key,
        coalesce(e.assistant, e.provider) as assistant,
        e.content_sha256,
        coalesce(
            e.account_option,
            e.provider || ':' || left(sha256(o.user_id), 12)
        ) as account_key
    from raw.exports e
    left join owners o using (export_key)
),

export_conversations as (
    select distinct
        s.export_key,
        e.provider,
        c.conversation_id
    from raw.sightings s
    join raw.exports e using (export_key)
    join raw.conversations c using (record_key)
),

shared_conversations as (
    select
        a.export_key,
        b.export_key as other_key,
        count(*) as conversation_count
    from export_conversations a
    join export_conversations b
        on b.provider = a.provider
        and b.conversation_id = a.conversation_id
        and b.export_key <> a.export_key
    where a.export_key in (select export_key from stated_accounts where account_key is null)
    group by a.export_key, b.export_key
),

reached as (
    select
        export_key,
        export_key as reached_key,
        0::bigint as conversation_count
    from stated_accounts
    where account_key is null
    union
    select
        r.export_key,
        s.other_key,
        case when r.reached_key = r.export_key then s.conversation_count else 0 end
    from reached r
    join shared_conversations s on s.export_key = r.reached_key
),

component_accounts as (
    select
        r.export_key,
        first(t.account_key order by r.conversation_count desc, t.account_key)
            filter (where t.account_key is not null) as account_key,
        any_value(t.assistant) || ':export-' || left(min(t.content_sha256), 8) as own_account_key
    from reached r
    join stated_accounts t on t.export_key = r.reached_key
    group by r.export_key
),

holders as (
    select distinct export_key from export_conversations
),

loose_lists as (
    select
        t.assistant,
        t.assistant || ':export-' || left(min(t.content_sha256), 8) as own_account_key
    from stated_accounts t
    left join component_accounts c using (export_key)
    where t.account_key is null
        and c.account_key is null
        and t.export_key not in (select export_key from holders)
    group by t.assistant
),

anchored as (
    select
        t.export_key,
        t.assistant,
        coalesce(
            t.account_key,
            c.account_key,
            case when h.export_key is not null then c.own_account_key end
        ) as account_key,
        l.own_account_key
    from stated_accounts t
    left join component_accounts c using (export_key)
    left join holders h using (export_key)
    left join loose_lists l using (assistant)
),

only_accounts as (
    select
        assistant,
        min(account_key) as account_key
    from anchored
    where account_key is not null
    group by assistant
    having count(distinct account_key) = 1
),

record_times as (
    select
        s.export_key,
        max(greatest(
            c.newest_at,
            m.created_at,
            m.updated_at,
            m.seen_at,
            f.created_at,
            t.updated_at,
            p.created_at,
            p.updated_at,
            d.created_at
        )) as newest_at,
        max(c.newest_at) as newest_message_at
    from raw.sightings s
    left join raw.conversations c using (record_key)
    left join raw.feedback f using (record_key)
    left join raw.memories m
        on m.record_key = s.record_key
        and m.channel in ('memory_file', 'dump')
    left join raw.prose t on t.record_key = s.record_key
    left join raw.projects p on p.record_key = s.record_key
    left join raw.project_docs d on d.record_key = s.record_key
    group by s.export_key
),

dialects as (
    select
        s.export_key,
        case when count(distinct c.dialect) > 1 then 'mixed' else min(c.dialect) end as dialect
    from raw.sightings s
    join raw.conversations c using (record_key)
    where c.kind = 'chat'
    group by s.export_key
),

dated as (
    select
        e.export_key,
        left(sha256(e.content_sha256 || '@' || coalesce(epoch_us(e.stated_at)::varchar, '')), 16) as export_id,
        coalesce(a.account_key, e.joined_account_key, o.account_key, a.own_account_key) as account_key,
        a.account_key is null as is_loose,
        e.provider,
        a.assistant,
        d.dialect,
        t.newest_message_at,
        coalesce(e.stated_at, e.received_at, t.newest_at, e.member_time) as exported_at,
        case
            when e.stated_at is not null then e.stated_at_basis
            when e.received_at is not null then 'received'
            when t.newest_at is not null then 'newest_record'
            when e.member_time is not null then 'member_time'
            else 'none'
        end as exported_at_basis
    from raw.exports e
    join anchored a using (export_key)
    left join only_accounts o on o.assistant = a.assistant
    left join record_times t using (export_key)
    left join dialects d using (export_key)
)

select
    *,
    row_number() over in_time as export_rank,
    case
        when exported_at_basis <> 'newest_record' then exported_at
        else min(exported_at) filter (where exported_at_basis <> 'newest_record') over (
            partition by account_key
            order by exported_at nulls first, export_id
            rows between 1 following and unbounded following
        )
    end as exported_before
from dated
window in_time as (order by exported_at nulls first, export_id);
