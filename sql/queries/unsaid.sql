-- grain:    one row per memory that you never said yourself, oldest first
-- key:      account_key, memory_id
-- reads:    memories, memory_sources
-- example:  memlake query unsaid
-- column:   account_key - whose memory it is
-- column:   memory_id - its id, for memlake show
-- column:   content - what the assistant remembers
-- column:   channel - where it was seen; likely: a save that memlake only infers
-- column:   state - active, disabled, deleted or unknown
-- column:   created_at - when it was created, UTC; null if unknown
-- column:   level - recorded, verbatim, near_verbatim or paraphrase; none: no source was found
-- column:   said_by - document: something that you attached or pasted says it; assistant: only the assistant said it; nobody: nothing in the source says it
-- column:   title - the chat that it came from; null where no source was found
-- column:   url - address of that chat
-- column:   message_at - when it was said there, UTC
-- column:   quote - the words of the document or the assistant that say it; null where a recorded save says where it is from
-- column:   why - why this is the source, or why none was found
-- What you never said yourself: a document says it, only the assistant did, or nobody as far as the exports show
with

unsaid as (
    select *
    from memory_sources
    where said_by in ('document', 'assistant', 'nobody')
)

select
    m.account_key,
    m.memory_id,
    m.content,
    m.channel,
    m.state,
    m.created_at,
    u.level,
    u.said_by,
    u.title,
    u.url,
    u.message_at,
    u.quote,
    u.why
from memories m
join unsaid u using (account_key, memory_id)
order by m.account_key, m.created_at nulls last, m.memory_id;
