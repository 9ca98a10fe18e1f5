-- Messages that carry the same custom instructions as an earlier one, with the conversation of the earliest.
-- parameters: account_key (null = all)
with

carried as (
    select distinct on (r.account_key, i.conversation_id, i.message_id)
        r.account_key,
        i.conversation_id,
        i.message_id,
        i.seen_at,
        i.about_user,
        i.about_model
    from raw.instructions i
    join staging.conversation_records r using (record_key, conversation_id)
    where $account_key is null or r.account_key = $account_key
    order by r.account_key, i.conversation_id, i.message_id, r.record_rank desc
),

compared as (
    select
        account_key,
        conversation_id,
        message_id,
        first_value({'conversation_id': conversation_id, 'message_id': message_id}) over (
            partition by account_key, about_user, about_model
            order by seen_at nulls last, conversation_id, message_id
        ) as first
    from carried
)

select
    account_key,
    conversation_id,
    message_id,
    first.conversation_id as first_conversation_id
from compared
where (conversation_id, message_id) is distinct from (first.conversation_id, first.message_id);
