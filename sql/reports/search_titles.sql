-- The titles of all conversations.
select
    account_key,
    conversation_id,
    title,
    url,
    created_at
from conversations
order by account_key, conversation_id;
