-- relation: staging.edits
-- grain:    one row per text of a line of the assistant's list of edits
-- key:      account_key, entry_number, version_number
-- filled:   raw.memories, raw.lists, raw.messages, staging.conversation_records, staging.recorded_events
-- By replaying the calls over all exports, one after the other: each changes the lines that those before left.
create or replace table staging.edits (
    account_key varchar not null,
    entry_number integer not null,
    version_number integer not null,
    line_number integer not null,
    line_number_now integer,
    content varchar,
    text_key varchar,
    root_text_key varchar,
    begun_by varchar not null,
    begun_at timestamptz,
    conversation_id varchar,
    message_id varchar,
    event_index integer,
    ended_by varchar,
    ended_at timestamptz,
    end_conversation_id varchar,
    end_message_id varchar,
    end_event_index integer
);
