-- relation: message_feedback
-- grain:    one row per message that was rated
-- key:      account_key, conversation_id, message_id
-- reads:    raw.feedback, raw.sightings, staging.exports
-- example:  select rating, count(*) from message_feedback group by rating
-- Thumbs up and down, in the newest known state.
create or replace view message_feedback as
select
    x.account_key,
    f.message_id,
    f.conversation_id,
    f.rating,
    f.content,
    f.created_at
from raw.feedback f
join raw.sightings s using (record_key)
join staging.exports x using (export_key)
qualify row_number() over (
    partition by x.account_key, f.conversation_id, f.message_id
    order by x.export_rank desc, s.row_number desc
) = 1;
