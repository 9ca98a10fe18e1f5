-- One row per message, beside its conversation, in the order of conversations and then of reading; a conversation
-- without messages has one row all the same.
-- parameters: account_key (null = all)
select
    c.account_key,
    c.conversation_id,
    c.title,
    epoch(c.created_at) as create_time,
    epoch(c.updated_at) as update_time,
    m.message_id,
    m.parent_id,
    m.role,
    m.author_name,
    m.recipient,
    coalesce(m.content_type, 'text') as content_type,
    m.text,
    m.status,
    m.model,
    m.is_on_active_path,
    epoch(m.created_at) as message_create_time
from conversations c
left join messages m using (account_key, conversation_id)
where $account_key is null or c.account_key = $account_key
order by c.account_key, c.conversation_id, m.position;
