-- What each relation is for, inside the lake, for help(); how full a memory was, as its tool replied.

alter table raw.deployed add column grain varchar;
alter table raw.deployed add column columns varchar[];
alter table raw.deployed add column example varchar;
alter table raw.deployed add column about varchar;

alter table raw.events add column capacity_used double;
