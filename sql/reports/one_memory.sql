-- One memory by its exact id.
-- parameters: account_key, memory_id
select
    memory_id,
    content,
    enabled,
    channel,
    created_at,
    created_at_basis,
    updated_at,
    first_seen_at,
    last_seen_at,
    account_key,
    state,
    state_basis,
    state_reason,
    deleted_after,
    deleted_before,
    deleted_at,
    is_edited,
    origin,
    origin_reason,
    scope,
    section,
    merged_with
from memories
where account_key = $account_key
    and memory_id = $memory_id;
