-- relation: messages
-- grain:    one row per message, in its richest known state
-- key:      account_key, conversation_id, message_id
-- reads:    raw.messages, staging.conversation_records, staging.merged_messages
-- column:   spoken_text - text without the calls, results and thoughts in it; null: the whole text is spoken
-- example:  select role, text from messages where is_on_active_path order by conversation_id, position limit 5
-- Every message of every branch, hidden and empty ones too. A message once seen stays, whatever later exports leave out.
create or replace view messages as
select
    c.account_key,
    c.conversation_id,
    m.message_id,
    m.parent_id,
    m.position,
    m.role,
    m.author_name,
    m.recipient,
    m.content_type,
    m.text,
    m.created_at,
    m.is_on_active_path,
    m.is_hidden,
    m.is_voice,
    m.model,
    m.status,
    m.spoken_text
from raw.messages m
join staging.conversation_records c using (record_key)
where c.record_count = 1
union all
select
    s.account_key,
    s.conversation_id,
    s.message_id,
    s.parent_id,
    s.position,
    s.role,
    s.author_name,
    s.recipient,
    s.content_type,
    m.text,
    s.created_at,
    s.is_on_active_path,
    s.is_hidden,
    s.is_voice,
    s.model,
    s.status,
    m.spoken_text
from staging.merged_messages s
join raw.messages m
    on m.record_key = s.record_key
    and m.position = s.record_position;
