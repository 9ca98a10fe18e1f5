-- The beginnings of the messages that one memory may come from.
-- parameters: account_key, memory_id
select
    s.rank,
    left(coalesce(m.spoken_text, m.text), 200) as excerpt
from memory_source_candidates s
join messages m using (account_key, conversation_id, message_id)
where s.account_key = $account_key
    and s.memory_id = $memory_id;
