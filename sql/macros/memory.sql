-- macro:    memory
-- grain:    one row per memory whose id begins like that
-- reads:    memories
-- example:  from memory('mem_')
-- One memory, by its id or the beginning of it.
create or replace macro memory(id_beginning) as table
select
    content,
    state,
    created_at,
    origin,
    * exclude (content, state, created_at, origin)
from memories
where starts_with(memory_id, id_beginning::varchar)
order by account_key, memory_id;
