-- The candidates of every memory that may be its origin, best first.
select
    s.account_key,
    s.memory_id,
    s.rank,
    s.conversation_id,
    c.title,
    c.url,
    s.message_id,
    m.created_at as message_at,
    s.score
from memory_source_candidates s
join conversations c using (account_key, conversation_id)
left join messages m using (account_key, conversation_id, message_id)
where s.role = 'origin'
order by s.account_key, s.memory_id, s.rank;
