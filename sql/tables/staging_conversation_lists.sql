-- relation: staging.conversation_lists
-- grain:    one row per export
-- key:      export_key
-- reads:    staging.exports, staging.coverage
-- What an export proves about the conversations as a whole. Only one that held them all, and has a date, proves that a
-- conversation is gone; one without a date has no place in the order and proves nothing.
create or replace table staging.conversation_lists as
with lists as (
    select
        x.export_key,
        x.export_id,
        x.account_key,
        x.export_rank,
        x.exported_at,
        x.exported_before,
        v.status <> 'absent' and v.is_placed as is_compared,
        v.status = 'complete' and v.is_placed as is_whole,
        case
            when v.status = 'absent' then v.reason
            when x.exported_at is null then 'nothing tells when this export was made; --exported-at does'
            when not v.is_placed then 'made on ' || strftime(x.exported_at, '%Y-%m-%d') || ' or later, perhaps after the next export; --exported-at tells'
            when v.status <> 'complete' then v.reason
        end as why_not_whole
    from staging.exports x
    join staging.coverage v using (export_key)
    where v.entity = 'conversations'
)
select
    *,
    max(case when is_whole then export_rank end) over (
        in_time rows between unbounded preceding and 1 preceding
    ) as previous_whole_rank,
    min(case when is_whole then export_rank end) over (
        in_time rows between 1 following and unbounded following
    ) as next_whole_rank,
    case
        when lag(exported_at) over among_compared = exported_at then lag(export_id) over among_compared
    end as same_time_export_id
from lists
window
    in_time as (
        partition by account_key
        order by export_rank
    ),
    among_compared as (
        partition by account_key, is_compared
        order by export_rank
    );
