-- What of a record could not be read, while the rest of it was.

create table raw.unread_parts (
    record_key bigint not null,
    reason varchar not null,
    excerpt varchar not null
);
