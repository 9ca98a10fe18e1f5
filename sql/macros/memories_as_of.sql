-- macro:    memories_as_of
-- grain:    one row per memory that was there at a time, or may have been
-- reads:    memory_versions, memories, staging.memory_lists
-- example:  from memories_as_of('2025-12-01')
-- The memory list as it stood at a time, as far as the exports tell; at the time of a whole list it is that list.
-- is_uncertain: the time lies in a window in which the memory may have begun, changed or gone; why says which. Prose in
-- other words is certain between the exports that show both. What the first text of its kind says is not listed before
-- it: nothing tells since when. merged_with: other statements that stood in the same sentence.
create or replace macro memories_as_of(moment) as table
with

lists_of_then as (
    select account_key
    from staging.memory_lists
    where is_whole
        and not is_prose
        and exported_at = moment::timestamptz
        and exported_before = exported_at
),

covering as (
    select *
    from memory_versions
    where coalesce(valid_to > moment::timestamptz, true)
        and (coalesce(valid_from <= moment::timestamptz, true) or valid_from_basis = 'seen')
        and coalesce(opened_after < moment::timestamptz, true)
    qualify row_number() over (
        partition by account_key, memory_id
        order by version_number
    ) = 1
),

judged as (
    select
        *,
        case
            when valid_from is null then 'nothing tells since when'
            when valid_from > moment::timestamptz
                then 'seen on ' || strftime(make_timestamp(epoch_us(valid_from)), '%Y-%m-%d') || ', perhaps there before'
            when coalesce(known_from > moment::timestamptz, true)
                then 'may have been otherwise' || coalesce(' until ' || strftime(make_timestamp(epoch_us(known_from)), '%Y-%m-%d'), '')
            when known_until < moment::timestamptz
                then 'last seen so on ' || strftime(make_timestamp(epoch_us(last_seen_at)), '%Y-%m-%d')
                    || coalesce(', gone or changed by ' || strftime(make_timestamp(epoch_us(valid_to)), '%Y-%m-%d'), '')
        end as why
    from covering
),

listed as (
    select
        j.*,
        m.scope,
        m.position,
        list(j.memory_id) over (
            partition by j.account_key, m.scope, j.content
            order by j.memory_id
            rows between unbounded preceding and unbounded following
        ) as alike_ids
    from judged j
    left join memories m using (account_key, memory_id)
    where j.why is null
        or j.account_key not in (from lists_of_then)
)

select
    account_key,
    memory_id,
    content,
    enabled,
    valid_from,
    valid_to,
    why is not null as is_uncertain,
    why,
    case when scope is not null then nullif(list_filter(alike_ids, lambda other: other <> memory_id), []) end as merged_with
from listed
order by account_key, valid_from nulls first, scope nulls first, position, memory_id;
