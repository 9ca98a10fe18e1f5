-- relation: staging.memory_steps
-- grain:    one row per memory per dated list in which its state is not the one that the lists before show
-- key:      account_key, memory_id, export_key
-- reads:    staging.memory_snapshots, staging.memory_lists, staging.statements
-- The life of a memory as lists tell it, one after the other: a list shows it, or (a whole list that is not empty)
-- proves that it is gone; of a statement, the text that it stood in. Other words of the same facts are no edit. An enabled flag that a list does not tell is the one told before.
create or replace table staging.memory_steps as
with

shown as (
    select s.* exclude (seen_at)
    from staging.memory_snapshots s
    join staging.memory_lists l using (export_key)
    where l.is_placed
),

first_shown as (
    select
        account_key,
        memory_id,
        min(export_rank) as export_rank,
        bool_or(is_prose) as is_prose
    from shown
    group by account_key, memory_id
),

missing as (
    select
        f.account_key,
        f.memory_id,
        l.export_key,
        l.export_rank,
        false as is_prose
    from first_shown f
    join staging.memory_lists l
        on l.account_key = f.account_key
        and l.export_rank > f.export_rank
    anti join shown s
        on s.export_key = l.export_key
        and s.memory_id = f.memory_id
    where l.is_whole
        and l.memory_count > 0
        and not l.is_prose
        and not f.is_prose
    union all
    select
        t.account_key,
        t.memory_id,
        t.export_key,
        l.export_rank,
        true
    from staging.statements t
    join staging.memory_lists l using (export_key)
    where l.is_whole
        and not t.is_present
),

observed as (
    select
        *,
        true as is_present
    from shown
    union all by name
    select
        *,
        false as is_present
    from missing
),

compared as (
    select
        *,
        lag(is_present) over life as was_present,
        lag(export_rank) over life as rank_before,
        last_value(content ignore nulls) over earlier as content_before,
        last_value(text_key ignore nulls) over earlier as text_key_before,
        last_value(enabled ignore nulls) over earlier as enabled_before,
        last_value(case when enabled is not null then export_rank end ignore nulls) over earlier as enabled_rank_before
    from observed
    window
        life as (
            partition by account_key, memory_id
            order by export_rank
        ),
        earlier as (
            partition by account_key, memory_id
            order by export_rank
            rows between unbounded preceding and 1 preceding
        )
)

select
    account_key,
    memory_id,
    export_key,
    export_rank,
    rank_before,
    is_present,
    was_present,
    content_before,
    content as content_after,
    text_key_before,
    text_key as text_key_after,
    enabled_before,
    case when is_present then coalesce(enabled, enabled_before) end as enabled_after,
    enabled_rank_before,
    created_at,
    updated_at,
    is_prose,
    fact_change,
    is_present and was_present and content <> content_before and (not is_prose or fact_change is not null) as is_edited,
    is_present and was_present and content <> content_before and is_prose and fact_change is null as is_reworded,
    is_present and was_present and enabled <> enabled_before as is_flipped
from compared
where is_present is distinct from was_present
    or content <> content_before
    or enabled <> enabled_before;
