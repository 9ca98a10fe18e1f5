-- What the exports said. Everything outside `raw` and `my` is derived from here and can be rebuilt.

create schema raw;
create schema staging;
create schema my;

create table raw.lake_state (
    schema_version integer not null,
    derived_version varchar
);

insert into raw.lake_state values (0, null);

create table raw.deployed (
    kind varchar not null,
    name varchar not null
);

create table raw.exports (
    export_key integer not null,
    provider varchar not null,
    content_sha256 varchar not null,
    file_sha256 varchar,
    fingerprint varchar,
    stated_at timestamptz,
    stated_at_basis varchar,
    member_time timestamptz,
    account_option varchar,
    joined_account_key varchar,
    file_name varchar not null,
    paths varchar[] not null,
    raw_file varchar,
    ingested_at timestamptz not null
);

create table raw.account_labels (
    account_key varchar not null,
    provider varchar not null,
    label varchar not null
);

create table raw.members (
    export_key integer not null,
    member_key integer not null,
    name varchar not null,
    entity varchar,
    size_bytes bigint,
    sha256 varchar,
    status varchar not null,
    reason varchar,
    record_count bigint not null
);

create table raw.media (
    export_key integer not null,
    name varchar not null,
    size_bytes bigint
);

create table raw.missing_parts (
    export_key integer not null,
    name varchar not null
);

create table raw.records (
    record_key bigint not null,
    provider varchar not null,
    entity varchar not null,
    record_sha256 varchar not null,
    parser_version integer not null,
    shape_keys integer[] not null
);

create table raw.shapes (
    shape_key integer not null,
    provider varchar not null,
    place varchar not null,
    fields varchar[] not null
);

create table raw.sightings (
    export_key integer not null,
    member_key integer not null,
    row_number integer not null,
    record_key bigint,
    disposition varchar not null,
    reason varchar
);

create table raw.rejects (
    export_key integer not null,
    member_key integer not null,
    row_number integer not null,
    reason varchar not null,
    excerpt varchar not null
);

create table raw.runs (
    run_id varchar not null,
    job varchar not null,
    started_at timestamptz not null,
    finished_at timestamptz not null,
    memlake_version varchar not null,
    summary json not null
);

create table raw.conversations (
    record_key bigint not null,
    conversation_id varchar not null,
    title varchar,
    created_at timestamptz,
    updated_at timestamptz,
    newest_at timestamptz,
    project_id varchar,
    gizmo_id varchar,
    model varchar,
    url varchar,
    memory_scope varchar,
    is_archived boolean,
    is_starred boolean,
    is_do_not_remember boolean,
    is_voice boolean,
    has_tool_layer boolean not null,
    dialect varchar not null
);

create table raw.messages (
    record_key bigint not null,
    position integer not null,
    message_id varchar not null,
    parent_id varchar,
    role varchar,
    author_name varchar,
    recipient varchar,
    content_type varchar,
    text varchar not null,
    created_at timestamptz,
    is_on_active_path boolean not null,
    is_hidden boolean,
    is_voice boolean not null,
    model varchar,
    status varchar
);

create table raw.events (
    record_key bigint not null,
    conversation_id varchar not null,
    message_id varchar not null,
    event_index integer not null,
    action varchar not null,
    content varchar,
    text_key varchar,
    occurred_at timestamptz,
    is_acknowledged boolean
);

create table raw.event_lines (
    record_key bigint not null,
    conversation_id varchar not null,
    message_id varchar not null,
    event_index integer not null,
    line_number integer not null,
    content varchar not null,
    text_key varchar not null
);

create table raw.memories (
    record_key bigint not null,
    channel varchar not null,
    memory_id varchar,
    text_key varchar not null,
    content varchar not null,
    enabled boolean,
    created_at timestamptz,
    created_at_basis varchar,
    updated_at timestamptz,
    position integer not null,
    conversation_id varchar,
    message_id varchar,
    seen_at timestamptz
);

create table raw.lists (
    record_key bigint not null,
    conversation_id varchar not null,
    message_id varchar not null,
    seen_at timestamptz,
    memory_count integer not null
);

create table raw.instructions (
    record_key bigint not null,
    conversation_id varchar not null,
    message_id varchar not null,
    seen_at timestamptz,
    about_user varchar,
    about_model varchar
);

create table raw.attachments (
    record_key bigint not null,
    conversation_id varchar not null,
    message_id varchar not null,
    attachment_id varchar not null,
    name varchar,
    mime_type varchar,
    size_bytes bigint,
    kind varchar not null
);

create table raw.users (
    record_key bigint not null,
    user_id varchar not null,
    email varchar
);

create table raw.feedback (
    record_key bigint not null,
    conversation_id varchar,
    message_id varchar not null,
    rating varchar,
    content varchar,
    created_at timestamptz
);

create table raw.shared_links (
    record_key bigint not null,
    share_id varchar not null,
    conversation_id varchar,
    title varchar,
    is_anonymous boolean
);

create table raw.file_names (
    record_key bigint not null,
    stored_name varchar not null,
    name varchar not null,
    mime_type varchar,
    size_bytes bigint
);

create table raw.expected_files (
    record_key bigint not null,
    name varchar not null,
    entity varchar
);
