-- A memory's source candidates count on from 1, each message stands among them once, and none is rejected.
select
    account_key,
    memory_id
from memory_source_candidates
group by account_key, memory_id
having max(rank) <> count(*)
    or count(distinct rank) <> count(*)
    or count(distinct {'conversation_id': conversation_id, 'message_id': message_id}) <> count(*)
union all
select
    account_key,
    memory_id
from memory_source_candidates
semi join (
    from staging.link_verdicts
    where verdict = 'rejected'
) using (account_key, memory_id, conversation_id);
