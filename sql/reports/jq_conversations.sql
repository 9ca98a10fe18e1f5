-- One row per message, beside its conversation, of some conversations in the order in which these are given and then of
-- reading; a conversation without messages has one row all the same.
-- parameters: account_keys, conversation_ids
with wanted as (
    select
        unnest($account_keys::varchar[]) as account_key,
        unnest($conversation_ids::varchar[]) as conversation_id,
        unnest(range(len($account_keys))) as conversation_place
)
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
from wanted w
join conversations c using (account_key, conversation_id)
left join messages m using (account_key, conversation_id)
order by w.conversation_place, m.position;
