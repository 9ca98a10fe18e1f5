-- relation: staging.link_verdicts
-- grain:    one row per memory per conversation that somebody confirmed or rejected as its source
-- key:      account_key, memory_id, conversation_id
-- reads:    raw.link_decisions, staging.memory_names
-- The newest decision. One made about a memory without an id, by its text, holds for every memory that ever had that text,
-- and one about a statement for what was ever worded like that.
create or replace view staging.link_verdicts as
select
    n.account_key,
    n.memory_id,
    d.conversation_id,
    d.verdict,
    d.decided_at
from raw.link_decisions d
join staging.memory_names n
    on n.account_key = d.account_key
    and n.name = d.memory_id
qualify row_number() over (
    partition by n.account_key, n.memory_id, d.conversation_id
    order by d.decided_at desc, d.memory_id = n.memory_id desc, d.verdict, d.memory_id
) = 1;
