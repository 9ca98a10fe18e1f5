-- relation: staging.memory_categories
-- grain:    one row per memory whose category somebody chose
-- key:      account_key, memory_id
-- reads:    raw.category_choices, staging.account_names, staging.memory_names
-- column:   category - instructions, personal, projects, tools, corrections or other; null: given back to the rules
-- The newest choice. One made about a memory by its text holds for every memory that ever had that text, and one made
-- before it was known whose list it is holds for the account that the list has joined.
create or replace view staging.memory_categories as
select
    n.account_key,
    n.memory_id,
    c.category,
    c.decided_at
from raw.category_choices c
join staging.account_names a
    on a.name = c.account_key
join staging.memory_names n
    on n.account_key = a.account_key
    and n.name = c.memory_id
qualify row_number() over (
    partition by n.account_key, n.memory_id
    order by c.decided_at desc, c.memory_id = n.memory_id desc, c.category nulls last, c.memory_id
) = 1;
