-- What each relation is for, inside the lake: help() tells it in every shell.

alter table raw.deployed add column grain varchar;
alter table raw.deployed add column columns varchar[];
alter table raw.deployed add column example varchar;
alter table raw.deployed add column about varchar;
