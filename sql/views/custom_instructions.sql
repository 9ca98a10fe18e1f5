-- relation: custom_instructions
-- grain:    one row per account per unbroken run of identical custom instructions
-- key:      account_key, version_number
-- reads:    raw.instructions, staging.conversation_records
-- example:  select valid_from, about_user, about_model from custom_instructions order by valid_from
-- column:   opened_after - the last conversation that carried the version before: it changed between that one and valid_from; null: unknown
-- column:   valid_from - the first conversation that carried it; null if undated
-- column:   valid_to - the first conversation that carried the next version; null = the newest known
-- Half-open [valid_from, valid_to) by the dates of the conversations that carried them; null valid_to = the newest known.
create or replace view custom_instructions as
with

carried as (
    select
        r.account_key,
        i.conversation_id,
        i.message_id,
        i.seen_at,
        i.about_user,
        i.about_model
    from raw.instructions i
    join staging.conversation_records r using (record_key, conversation_id)
    qualify row_number() over (
        partition by r.account_key, i.conversation_id, i.message_id
        order by r.record_rank desc
    ) = 1
),

undated_repeats as (
    select
        u.account_key,
        u.conversation_id,
        u.message_id
    from carried u
    join carried d
        on d.account_key = u.account_key
        and d.about_user is not distinct from u.about_user
        and d.about_model is not distinct from u.about_model
    where u.seen_at is null
        and d.seen_at is not null
),

compared as (
    select
        *,
        about_user is distinct from lag(about_user) over in_time
            or about_model is distinct from lag(about_model) over in_time
            or row_number() over in_time = 1 as is_change
    from carried
    anti join undated_repeats using (account_key, conversation_id, message_id)
    window in_time as (
        partition by account_key
        order by seen_at nulls first, conversation_id, message_id
    )
),

numbered as (
    select
        *,
        count(*) filter (where is_change) over (
            partition by account_key
            order by seen_at nulls first, conversation_id, message_id
            rows unbounded preceding
        ) as version_number
    from compared
),

versions as (
    select
        account_key,
        version_number,
        any_value(about_user) as about_user,
        any_value(about_model) as about_model,
        min(seen_at) as valid_from,
        max(seen_at) as last_seen_at,
        count(distinct conversation_id) as conversation_count
    from numbered
    group by account_key, version_number
)

select
    account_key,
    version_number,
    about_user,
    about_model,
    valid_from,
    lead(valid_from) over in_time as valid_to,
    lag(last_seen_at) over in_time as opened_after,
    last_seen_at,
    conversation_count
from versions
window in_time as (
    partition by account_key
    order by version_number
);
