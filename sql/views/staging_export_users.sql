-- relation: staging.export_users
-- grain:    one row per export per person whose data it is
-- key:      export_key, user_id
-- reads:    raw.conversations, raw.users, raw.sightings, raw.members
-- Chats and texts of memory belong to the person whom they name. A list of users may hold others, and somebody else may have begun a design
-- chat: each counts only where there is nothing better.
create or replace view staging.export_users as
with named as (
    select
        s.export_key,
        c.user_id,
        case when c.kind = 'chat' then 1 else 3 end as directness
    from raw.conversations c
    join raw.sightings s using (record_key)
    where c.user_id is not null
    union all
    select
        s.export_key,
        u.user_id,
        case when m.entity = 'memory_prose' then 1 else 2 end
    from raw.users u
    join raw.sightings s using (record_key)
    join raw.members m using (export_key, member_key)
)
select
    export_key,
    user_id
from named
group by export_key, user_id
qualify min(directness) = min(min(directness)) over (partition by export_key);
