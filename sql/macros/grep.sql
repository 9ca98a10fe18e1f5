-- macro:    grep
-- grain:    one row per message, title or memory that holds a text, in any case; the newest first
-- reads:    messages, conversations, memories
-- example:  from grep('Rust')
-- A plain scan of all that was said, called or remembered: it finds parts of words too, and takes the longer the more there is.
create or replace macro grep(pattern) as table
with

places as (
    select
        'message' as found_in,
        account_key,
        conversation_id,
        null as memory_id,
        role,
        created_at,
        text
    from messages
    union all
    select
        'title',
        account_key,
        conversation_id,
        null,
        null,
        created_at,
        title
    from conversations
    union all
    select
        'memory',
        account_key,
        null,
        memory_id,
        null,
        created_at,
        content
    from memories
),

found as (
    select
        *,
        greatest(strpos(lower(text), lower(pattern::varchar)), 1) as found_at
    from places
    where regexp_matches(text, regexp_escape(pattern::varchar), 'i') -- a sixth of what contains(lower(text), …) takes
)

select
    found_in,
    account_key,
    conversation_id,
    memory_id,
    role,
    created_at,
    case when found_at > 40 then '…' else '' end
        || replace(substr(text, greatest(found_at - 39, 1), 120), chr(10), ' ')
        || case when length(text) > greatest(found_at - 39, 1) + 119 then '…' else '' end as excerpt
from found
order by created_at desc nulls last, account_key, conversation_id, memory_id;
