-- relation: staging.merged_messages
-- grain:    one row per message of a conversation that several records tell
-- key:      account_key, conversation_id, message_id
-- reads:    staging.is_tool_layer(), raw.messages, staging.conversation_records
-- Per column the newest known value; a message's text stays in raw.messages (record_key, record_position).
-- A message that the newest record lacks is off the active path, unless that record cannot show it at all: then the
-- shown message that came next on its path decides, or (if none did) the one before. Parents and order come from the
-- newest record with a tool layer, since others leave out what stood in between.
create or replace table staging.merged_messages as
with

states as (
    select
        c.account_key,
        c.conversation_id,
        c.record_rank,
        c.record_rank = c.record_count as is_newest,
        c.record_rank + case when c.has_tool_layer then c.record_count else 0 end as detail_rank,
        m.* exclude (text, spoken_text),
        staging.is_tool_layer(m.role, m.recipient, m.content_type) as is_tool_layer,
        case when m.is_on_active_path and not is_tool_layer then m.message_id end as landmark_id
    from staging.conversation_records c
    join raw.messages m using (record_key)
    where c.record_count > 1
),

placed as (
    select
        *,
        max(created_at) over until_here as reached_at,
        coalesce(
            first_value(landmark_id ignore nulls) over from_here,
            last_value(landmark_id ignore nulls) over until_here
        ) as nearby_id
    from states
    window
        until_here as (
            partition by account_key, record_key
            order by position
            rows unbounded preceding
        ),
        from_here as (
            partition by account_key, record_key
            order by position
            rows between current row and unbounded following
        )
),

merged as (
    select
        account_key,
        conversation_id,
        message_id,
        arg_max(record_key, record_rank) as record_key,
        arg_max(position, record_rank) as record_position,
        arg_max(reached_at, detail_rank) as reached_at,
        arg_max(position, detail_rank) as detail_position,
        arg_max(parent_id, detail_rank) as parent_id,
        arg_max(nearby_id, record_rank) as nearby_id,
        arg_max(role, record_rank) as role,
        arg_max(author_name, record_rank) as author_name,
        arg_max(recipient, record_rank) as recipient,
        arg_max(content_type, record_rank) as content_type,
        arg_max(created_at, record_rank) as created_at,
        arg_max(is_on_active_path, record_rank) as was_on_active_path,
        bool_or(is_newest) as is_in_newest,
        bool_or(is_tool_layer) as is_tool_layer,
        arg_max(is_hidden, record_rank) as is_hidden,
        bool_or(is_voice) as is_voice,
        arg_max(model, record_rank) as model,
        arg_max(status, record_rank) as status
    from placed
    group by account_key, conversation_id, message_id
),

newest_records as (
    select
        account_key,
        conversation_id,
        has_tool_layer
    from staging.conversation_records
    where record_rank = record_count
)

select
    m.account_key,
    m.conversation_id,
    m.message_id,
    m.record_key,
    m.record_position,
    m.parent_id,
    (row_number() over (
        partition by m.account_key, m.conversation_id
        order by m.reached_at nulls first, m.detail_position, m.message_id
    ) - 1)::integer as position,
    m.role,
    m.author_name,
    m.recipient,
    m.content_type,
    m.created_at,
    m.was_on_active_path
        and (
            m.is_in_newest
            or (
                m.is_tool_layer
                and not n.has_tool_layer
                and coalesce(l.is_in_newest and l.was_on_active_path, m.nearby_id is null)
            )
        ) as is_on_active_path,
    m.is_hidden,
    m.is_voice,
    m.model,
    m.status
from merged m
join newest_records n using (account_key, conversation_id)
left join merged l
    on l.account_key = m.account_key
    and l.conversation_id = m.conversation_id
    and l.message_id = m.nearby_id;
