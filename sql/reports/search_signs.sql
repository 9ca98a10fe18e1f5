-- The messages that were said and hold some signs, as they are written, the newest first: for what the search index has
-- no words for.
-- parameters: signs
select
    account_key,
    conversation_id,
    message_id,
    position,
    role,
    created_at
from messages
where contains(coalesce(spoken_text, text), $signs)
    and staging.is_spoken(role, is_hidden, recipient, content_type)
order by created_at desc nulls last, account_key, conversation_id, position;
