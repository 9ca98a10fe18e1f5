-- macro:    memories_in_force
-- grain:    one row per version of a memory that was there, on and in scope during a conversation
-- reads:    staging.memory_use
-- example:  select m.content, m.is_uncertain, m.why from memories_in_force('691cb571-8801-8006-be67-c2246fc9fc69') m
-- What the assistant knew when it answered in a conversation, by its id, as far as the exports tell.
create or replace macro memories_in_force(conversation) as table
select
    account_key,
    memory_id,
    content,
    enabled,
    in_force_from,
    in_force_to,
    is_uncertain,
    why
from staging.memory_use
where conversation_id = conversation
order by in_force_from, memory_id;
