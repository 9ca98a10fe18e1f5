-- relation: staging.statements
-- grain:    one row per statement of prose memory per export that shows it, or that holds its text without it
-- key:      account_key, memory_id, export_key
-- filled:   raw.memories, raw.sightings, raw.members, staging.exports, staging.prose_kinds
-- By following the statements from export to export, since no query can tell that two wordings say the same. fact_change: what
-- changed since it was shown before; null: its words at most. fact_state: a number for each state that its facts were in.
create or replace table staging.statements (
    account_key varchar not null,
    memory_id varchar not null,
    export_key integer not null,
    is_present boolean not null,
    content varchar,
    text_key varchar,
    scope varchar,
    section varchar,
    position integer,
    fact_change varchar,
    fact_state integer,
    record_key bigint
);
