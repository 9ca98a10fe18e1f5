-- relation: staging.memory_names
-- grain:    one row per memory per id that it has or had
-- key:      account_key, memory_id, name
-- reads:    staging.memory_sightings
-- column:   name - its own id, the id that its text has by itself, or the id of a statement that was ever worded so
-- By these what people decided about a memory is found again, whatever its id is today.
create or replace view staging.memory_names as
select
    account_key,
    memory_id,
    memory_id as name
from staging.memory_sightings
union
select
    account_key,
    memory_id,
    'text-' || text_key
from staging.memory_sightings
union
select
    account_key,
    memory_id,
    'prose-' || left(sha256(concat_ws(chr(10), account_key, scope, text_key)), 16)
from staging.memory_sightings
where channel = 'prose';
