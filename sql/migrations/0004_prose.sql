-- Memory as prose, projects with their documents, lists of any assistant, and messages that are not all spoken.

alter table raw.exports add column assistant varchar;
alter table raw.exports add column received_at timestamptz;
alter table raw.exports add column is_open_ended boolean default false;
alter table raw.missing_parts add column entity varchar;

alter table raw.conversations add column kind varchar default 'chat';
alter table raw.conversations add column user_id varchar;
alter table raw.messages add column spoken_text varchar;
alter table raw.events add column line_number integer;
alter table raw.events add column is_list_edit boolean default false;
alter table raw.memories add column scope varchar;
alter table raw.memories add column section varchar;

create table raw.prose (
    record_key bigint not null,
    scope varchar not null,
    text varchar not null,
    updated_at timestamptz,
    statement_count integer not null
);

create table raw.prose_memo (
    memo_key varchar not null,
    memories varchar not null
);

create table raw.projects (
    record_key bigint not null,
    project_id varchar not null,
    name varchar,
    description varchar,
    instructions varchar,
    is_private boolean,
    created_at timestamptz,
    updated_at timestamptz
);

create table raw.project_docs (
    record_key bigint not null,
    project_id varchar not null,
    doc_id varchar not null,
    name varchar,
    text varchar not null,
    created_at timestamptz
);
