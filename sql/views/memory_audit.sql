-- relation: memory_audit
-- grain:    one flat row per memory, for people
-- key:      account_key, memory_id
-- reads:    memories, memory_sources
-- column:   title - title of the source conversation; null: not looked up yet
-- column:   url - address of the source conversation; null: not looked up yet
-- example:  select content, enabled, created_at, message_at, quote from memory_audit order by created_at
-- A memory with all that is known about it side by side.
create or replace view memory_audit as
select
    m.account_key,
    m.memory_id,
    m.content,
    m.enabled,
    m.state,
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
    null::varchar as changes
from memories m
join memory_sources s using (account_key, memory_id);
