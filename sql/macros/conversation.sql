-- macro:    conversation
-- grain:    one row per message of the conversations whose id begins like that, in reading order
-- reads:    messages, conversations
-- example:  select role, text from conversation('6')
-- One conversation, by its id or the beginning of it; messages on abandoned branches have is_on_active_path = false.
create or replace macro conversation(id_beginning) as table
select
    m.role,
    m.text,
    m.created_at,
    c.title,
    m.* exclude (role, text, created_at)
from messages m
join conversations c using (account_key, conversation_id)
where starts_with(m.conversation_id, id_beginning::varchar)
order by m.account_key, m.conversation_id, m.position;
