-- grain:    one row per memory whose source is not known, the newest first
-- key:      account_key, memory_id
-- reads:    memories, memory_sources
-- example:  memlake query without-source
-- column:   account_key - whose memory it is
-- column:   memory_id - its id, for memlake show
-- column:   content - what the assistant remembers
-- column:   state - active, disabled, deleted or unknown
-- column:   created_at - when it was created, UTC; null if unknown
-- column:   why - why no source was found
-- The memories that no chat explains: looked up, and nothing in the exports says them
select
    m.account_key,
    m.memory_id,
    m.content,
    m.state,
    m.created_at,
    s.why
from memories m
join memory_sources s using (account_key, memory_id)
where s.level = 'none'
order by m.account_key, m.created_at desc nulls last, m.memory_id;
