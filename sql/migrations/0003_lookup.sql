-- Where memories come from: what a lookup found, what people decided about it, and the words before recorded calls.

create table raw.lookups (
    account_key varchar not null,
    memory_id varchar not null,
    content varchar not null,
    basis_key varchar not null,
    method_version varchar not null,
    level varchar not null,
    confidence double not null,
    conversation_id varchar,
    message_id varchar,
    quote varchar,
    quote_start integer,
    quote_end integer,
    said_by varchar,
    runner_up_conversation_id varchar,
    why varchar not null,
    explanation varchar not null,
    run_id varchar
);

create table raw.lookup_candidates (
    account_key varchar not null,
    memory_id varchar not null,
    rank integer not null,
    conversation_id varchar not null,
    message_id varchar not null,
    score double not null,
    words double,
    "window" double,
    spelling double,
    phrase double,
    speaker double,
    date double,
    list_place double,
    echo double,
    crowd double,
    method_version varchar not null
);

create table raw.link_decisions (
    account_key varchar not null,
    memory_id varchar not null,
    conversation_id varchar not null,
    verdict varchar not null,
    decided_at timestamptz not null
);

create table raw.recorded_quotes (
    account_key varchar not null,
    memory_id varchar not null,
    conversation_id varchar not null,
    event_message_id varchar not null,
    message_id varchar,
    quote varchar,
    quote_start integer,
    quote_end integer,
    said_by varchar not null
);
