-- macro:    conversations_with_memory
-- grain:    one row per conversation per version of a memory that was in force in it
-- reads:    staging.memory_use
-- example:  select created_at, title, is_uncertain from conversations_with_memory('mem_0573a66a7ea41f5e')
-- Every conversation in which a memory, by its id, was there, on and in scope: what a wrong one may have touched.
create or replace macro conversations_with_memory(memory) as table
select
    account_key,
    conversation_id,
    title,
    url,
    created_at,
    in_force_from,
    in_force_to,
    content,
    enabled,
    is_uncertain,
    why
from staging.memory_use
where memory_id = memory
order by in_force_from, conversation_id;
