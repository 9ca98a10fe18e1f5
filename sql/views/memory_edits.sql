-- relation: memory_edits
-- grain:    one row per text of a line of the list of edits that an assistant keeps beside its memory
-- key:      account_key, entry_number, version_number
-- reads:    staging.edits
-- column:   entry_number - counts the lines that ever were, in the order in which they came
-- column:   version_number - from 1 for each line; a replaced text is the next
-- column:   line_number - where the line stood when this text was written; lines before it may have gone since
-- column:   content - the text; null: a call counts with the line, but none in the exports wrote it
-- column:   begun_by - save or replace: the call that wrote it; list: a call shows it that no call wrote; unknown
-- column:   ended_by - replace or forget: the call that ended it; list: a later list lacks it
-- column:   valid_from - when it was written or first shown; null: unknown
-- column:   valid_to - when it was replaced, removed or found missing; null: still so, as far as the exports tell
-- column:   event_message_id - the message with the call that wrote it
-- column:   end_message_id - the message with the call that ended it
-- example:  select line_number, content, valid_from from memory_edits where valid_to is null order by line_number
-- What was asked to be remembered, in the order of its lines, replayed from the recorded calls of all exports. As it
-- stood at a time: those whose valid_from is not after it and whose valid_to is.
create or replace view memory_edits as
select
    account_key,
    entry_number,
    version_number,
    line_number,
    content,
    begun_at as valid_from,
    begun_by,
    conversation_id,
    message_id as event_message_id,
    ended_at as valid_to,
    ended_by,
    end_conversation_id,
    end_message_id
from staging.edits;
