-- relation: staging.memory_origins
-- grain:    one row per memory
-- key:      account_key, memory_id
-- reads:    staging.span_of(), staging.memory_sightings, staging.exports, staging.coverage, raw.sightings, raw.conversations, memory_events, conversations
-- Whose idea a memory was: the user asked for it (requested) or wrote it (manual), or the assistant saved it by itself
-- (auto). The call that saved it tells: one with its text, or one at its creation whose text no list has, since edited.
-- Without a call its wording tells, if an export shows the calls of all chats from before its creation to after it.
create or replace table staging.memory_origins as
with

sighted as (
    select
        account_key,
        memory_id,
        bool_and(channel = 'likely') as is_likely,
        bool_or(channel not in ('event', 'likely')) as is_listed,
        list(distinct text_key) as text_keys,
        first(content order by export_rank nulls last, seen_at nulls last, text_key) as content,
        min(created_at) filter (where created_at_basis = 'provider') as provider_created_at,
        min({'coarseness': length(created_at_basis), 'created_at': created_at, 'basis': created_at_basis})
            filter (where starts_with(created_at_basis, 'stated')) as stated,
        bool_or(channel = 'prose') as is_prose
    from staging.memory_sightings
    group by account_key, memory_id
),

created as (
    select
        * exclude (stated),
        coalesce(provider_created_at, stated.created_at) as created_after,
        coalesce(provider_created_at, stated.created_at + staging.span_of(stated.basis)) as created_before
    from sighted
),

calls as (
    select
        s.account_key,
        s.memory_id as saved_memory_id,
        not c.is_listed as is_unclaimed,
        s.text_key,
        s.seen_at,
        s.conversation_id,
        s.message_id,
        s.event_index,
        s.line_number,
        v.prompt_message_id,
        v.is_requested
    from staging.memory_sightings s
    join created c using (account_key, memory_id)
    join memory_events v using (account_key, conversation_id, message_id, event_index)
    where s.channel = 'event'
        and v.action = 'save'
),

calls_with_its_text as (
    select
        c.memory_id,
        c.provider_created_at,
        true as has_its_text,
        s.*
    from created c
    join calls s
        on s.account_key = c.account_key
        and s.saved_memory_id = c.memory_id
    where coalesce(s.seen_at <= c.created_before + interval 1 day, true) -- a later call saved it again
),

calls_at_its_creation as (
    select
        c.memory_id,
        c.provider_created_at,
        list_contains(c.text_keys, s.text_key) as has_its_text,
        s.*
    from created c
    join calls s
        on s.account_key = c.account_key
        and s.seen_at >= c.provider_created_at - interval 10 seconds
        and s.seen_at <= c.provider_created_at + interval 10 seconds
    where s.is_unclaimed
        or list_contains(c.text_keys, s.text_key)
),

origin_calls as (
    select
        *,
        abs(epoch(seen_at) - epoch(provider_created_at)) as distance_s
    from (
        from calls_with_its_text
        union by name
        from calls_at_its_creation
    )
    qualify row_number() over (
        partition by account_key, memory_id
        order by
            coalesce(distance_s <= 10, false) desc,
            has_its_text desc,
            case when distance_s <= 10 then distance_s end,
            seen_at nulls last,
            conversation_id,
            message_id,
            event_index,
            line_number
    ) = 1
),

shown_periods as (
    select
        e.account_key,
        e.exported_at,
        min(c.created_at) as oldest_chat_at
    from staging.coverage v
    join staging.exports e using (export_key)
    join raw.sightings s using (export_key)
    join raw.conversations c using (record_key)
    where v.entity = 'memory_events'
        and v.status = 'complete'
        and e.exported_at is not null
    group by e.account_key, e.export_key, e.exported_at
),

evidence as (
    select
        c.account_key,
        c.memory_id,
        bool_or(p.oldest_chat_at <= c.created_after and p.exported_at >= c.created_before) as is_whole,
        max(p.exported_at) as newest_at
    from created c
    join shown_periods p using (account_key)
    group by c.account_key, c.memory_id
),

judged as (
    select
        c.account_key,
        c.memory_id,
        s.conversation_id,
        s.message_id,
        s.prompt_message_id,
        coalesce('"' || left(t.title, 80) || '"', 'a chat without a title') as chat,
        e.newest_at,
        c.created_before,
        case
            when s.message_id is not null then
                case s.is_requested
                    when true then 'asked'
                    when false then 'not asked'
                    else 'not judged'
                end
            when c.is_likely then 'likely'
            when c.created_after is null and c.is_prose then 'prose'
            when c.created_after is null then 'undated'
            when e.newest_at is null then 'no calls'
            when e.newest_at < c.created_before then 'newer'
            when not coalesce(e.is_whole, false) then 'no chats'
            when regexp_matches(
                c.content,
                '(?i)^\s*(?:(?:the\s+)?user(?:[''’]s)?\s'
                '|(?:(?:an?|o|el|la|il|der|die|de|het)\s+|l[''’])?'
                '(?:utilizador|usu[aá]ri|utent|nutzer|benutzer|utilisat|gebruik)'
                '|użytkowni|kullanıcı|пользовател|用[户戶]|使用者|ユーザ|사용자)'
            ) then 'third person'
            else 'own words'
        end as finding
    from created c
    left join origin_calls s using (account_key, memory_id)
    left join evidence e using (account_key, memory_id)
    left join conversations t
        on t.account_key = s.account_key
        and t.conversation_id = s.conversation_id
)

select
    account_key,
    memory_id,
    case
        when finding = 'asked' then 'requested'
        when finding in ('not asked', 'third person', 'prose') then 'auto'
        when finding = 'own words' then 'manual'
        else 'unknown'
    end as origin,
    case finding
        when 'asked' then 'you asked for it just before, in ' || chat
        when 'not asked' then
            'the assistant saved it by itself in ' || chat || ': ' || case
                when prompt_message_id is null then 'nothing that you wrote comes before it'
                else 'what you wrote just before does not ask for it'
            end
        when 'not judged' then 'saved in ' || chat || ', but whether you asked for it was not looked at'
        when 'likely' then 'only a likely save: no export shows a call'
        when 'prose' then 'stands in a text that the assistant writes by itself; no call with these words is recorded'
        when 'undated' then 'no call with its text is recorded, and its creation date is not known'
        when 'no calls' then 'no call is recorded, and no export shows all calls'
        when 'newer' then
            'no call is recorded, but the newest export that shows all calls ('
            || strftime(newest_at, '%Y-%m-%d') || ') is older'
        when 'no chats' then 'no call is recorded, but no export that shows all calls holds the chats of that time'
        else
            'no call is recorded, although an export shows the calls of all chats of that time, deleted ones aside; '
            || case finding when 'own words' then 'not ' else '' end
            || 'worded as the assistant words its own conclusions'
    end as origin_reason,
    conversation_id as origin_conversation_id,
    message_id as origin_message_id
from judged;
