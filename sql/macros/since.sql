-- macro:    since
-- grain:    one time
-- example:  select count(*) from messages where created_at > since('10 years')
-- The time so long ago, such as 3 months or 10 days: for conditions on times.
create or replace macro since(duration) as
to_timestamp(epoch(make_timestamp(epoch_us(now())) - duration::interval));
