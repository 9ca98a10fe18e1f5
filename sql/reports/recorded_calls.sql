-- The recorded calls that may be origins, each with the user's message before it.
with links as (
    select *
    from staging.recorded_links
    where role = 'origin'
)
select
    r.account_key,
    r.memory_id,
    r.conversation_id,
    r.event_message_id,
    r.text,
    r.prompt_message_id,
    coalesce(m.spoken_text, m.text) as prompt
from links r
left join messages m
    on m.account_key = r.account_key
    and m.conversation_id = r.conversation_id
    and m.message_id = r.prompt_message_id
order by r.account_key, r.memory_id, r.link_rank;
