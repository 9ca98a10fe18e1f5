-- relation: memory_edits
-- grain:    one row per text of a line of the list of edits that an assistant keeps beside its memory
-- key:      account_key, entry_number, version_number
-- reads:    staging.edits, staging.memory_sightings
-- column:   entry_number - counts the lines that ever were, in the order in which they came
-- column:   version_number - from 1 for each line; a replaced text is the next
-- column:   line_number - where the line stood when this text was written; lines before it may have gone since
-- column:   line_number_now - where the line stands in the list as the exports leave it; null: it is no longer there
-- column:   memory_id - the memory that it is; null: its text is not known
-- column:   content - the text; null: a call counts with the line, but none in the exports wrote it
-- column:   begun_by - save or replace: the call that wrote it; list: a call shows it that no call wrote; unknown
-- column:   ended_by - replace or forget: the call that ended it; list: a later list lacks it
-- column:   valid_from - when it was written or first shown; null: unknown
-- column:   valid_to - when it was replaced, removed or found missing; null: still so, as far as the exports tell
-- column:   event_message_id - the message with the call that wrote it
-- column:   end_message_id - the message with the call that ended it
-- example:  select line_number_now, content, valid_from from memory_edits where line_number_now is not null order by line_number_now
-- What was asked to be remembered, in the order of its lines, replayed from the recorded calls of all exports. As it
-- stood at a time: those whose valid_from is not after it and whose valid_to is.
create or replace view memory_edits as
with memories_of_texts as (
    select
        account_key,
        text_key,
        min(memory_id) as memory_id
    from staging.memory_sightings
    where channel in ('event', 'list_snapshot')
    group by account_key, text_key
)
select
    e.account_key,
    e.entry_number,
    e.version_number,
    e.line_number,
    e.line_number_now,
    m.memory_id,
    e.content,
    e.begun_at as valid_from,
    e.begun_by,
    e.conversation_id,
    e.message_id as event_message_id,
    e.ended_at as valid_to,
    e.ended_by,
    e.end_conversation_id,
    e.end_message_id
from staging.edits e
left join memories_of_texts m using (account_key, text_key);
