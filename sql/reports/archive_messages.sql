-- The messages of some conversations, in any order; conversation_place counts these as they are given. One that a
-- person saw or wrote is_spoken; said_at is its time in words. A conversation that one record tells is read by the key
-- of that record; a look at all others, for the rest, is spared where are_told_by_several is false.
-- parameters: account_keys, conversation_ids, record_keys, are_told_by_several
with

wanted as (
    select
        unnest($account_keys::varchar[]) as account_key,
        unnest($conversation_ids::varchar[]) as conversation_id,
        unnest($record_keys::bigint[]) as record_key,
        unnest(range(len($account_keys))) as conversation_place
),

told as (
    select
        w.conversation_place,
        m.*
    from raw.messages m
    join wanted w using (record_key)
    union all by name
    select
        w.conversation_place,
        m.*
    from messages m
    join (from wanted where record_key is null) w using (account_key, conversation_id)
    where $are_told_by_several
)

select
    conversation_place,
    position,
    message_id,
    parent_id,
    role,
    author_name,
    recipient,
    content_type,
    text,
    spoken_text,
    strftime(make_timestamp(epoch_us(created_at)), '%Y-%m-%d %H:%M UTC') as said_at,
    model,
    is_voice,
    is_on_active_path,
    coalesce(
        role in ('user', 'assistant')
            and is_hidden is not true
            and not staging.is_tool_layer(role, recipient, content_type)
            and content_type not in ('thoughts', 'reasoning_recap'),
        role in ('user', 'assistant')
    ) as is_spoken
from told;
