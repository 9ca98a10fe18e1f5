-- Which category somebody gave a memory by hand; null: none any more, words tell it again.

create table raw.category_choices (
    account_key varchar not null,
    memory_id varchar not null,
    category varchar,
    decided_at timestamptz not null
);
