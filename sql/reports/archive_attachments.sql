-- The files that messages carry, in order.
-- parameters: account_key (null = all)
select
    account_key,
    conversation_id,
    message_id,
    name,
    kind,
    size_bytes,
    attachment_id
from attachments
where $account_key is null or account_key = $account_key
order by account_key, conversation_id, message_id, attachment_id;
