-- relation: memory_audit
-- grain:    one flat row per memory, for people
-- key:      account_key, memory_id
-- reads:    memories, memory_sources, memory_changes
-- column:   title - title of the source conversation; null: no source is known
-- column:   url - address of the source conversation; null: no source is known
-- example:  select content, enabled, created_at, message_at, quote from memory_audit order by created_at
-- A memory with all that is known about it side by side.
create or replace view memory_audit as
with changes as (
    select
        account_key,
        memory_id,
        string_agg(
            change_kind || coalesce(
                ' ' || strftime(make_timestamp(epoch_us(changed_at)), '%Y-%m-%d'),
                ' by ' || strftime(make_timestamp(epoch_us(changed_before)), '%Y-%m-%d'),
                ''
            ),
            ', '
            order by coalesce(changed_at, changed_before), change_kind
        ) as changes
    from memory_changes
    where change_kind <> 'new'
    group by account_key, memory_id
)
select
    m.content,
    m.state,
    m.enabled,
    m.origin,
    m.created_at,
    m.first_seen_at,
    m.last_seen_at,
    s.title,
    s.url,
    s.message_at,
    s.quote,
    s.said_by,
    s.confidence,
    c.changes,
    m.account_key,
    m.memory_id
from memories m
join memory_sources s using (account_key, memory_id)
left join changes c using (account_key, memory_id);
