-- grain:    one row per message that says it, the newest first
-- key:      account_key, conversation_id, message_id
-- reads:    messages, conversations
-- parameter: text (text) - what to look for, to the letter but in any case
-- example:  memlake query find -p text="TypeScript for the new API"
-- column:   account_key - whose chat it is
-- column:   created_at - when the message was written, UTC; null if unknown
-- column:   title - the chat's title, as the newest export says
-- column:   conversation_id - the chat, for memlake show
-- column:   message_id - the message in it
-- column:   role - who said it: user, assistant, system or tool
-- column:   is_hidden - true if the provider's own pages do not show the message; null if unknown
-- column:   excerpt - the words around it, with … where the message goes on
-- Where something was said: the chats and messages that hold a text
with

saying as (
    select
        *,
        greatest(strpos(lower(text), lower($text)), 1) as said_at
    from messages
    where regexp_matches(text, regexp_escape($text), 'i') -- a sixth of what contains(lower(text), …) takes
)

select
    s.account_key,
    s.created_at,
    c.title,
    s.conversation_id,
    s.message_id,
    s.role,
    s.is_hidden,
    case when s.said_at > 40 then '…' else '' end
        || replace(substr(s.text, greatest(s.said_at - 39, 1), length($text) + 80), chr(10), ' ')
        || case when length(s.text) > greatest(s.said_at - 39, 1) + length($text) + 79 then '…' else '' end as excerpt
from saying s
join conversations c using (account_key, conversation_id)
order by s.created_at desc nulls last, s.account_key, s.conversation_id, s.message_id;
