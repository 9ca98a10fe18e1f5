-- relation: accounts
-- grain:    one row per account
-- key:      account_key
-- reads:    staging.exports, staging.export_users, raw.account_labels, raw.users, raw.sightings
-- example:  from accounts
-- column:   provider - whose account it is; of lists that were written out, the assistant that they are of
-- Whose data this is. The label is the one given with --account, else the e-mail address in the newest export.
create or replace view accounts as
with emails as (
    select
        x.account_key,
        arg_max(u.email, x.export_rank) as email
    from raw.users u
    join raw.sightings s using (record_key)
    join staging.exports x using (export_key)
    join staging.export_users o using (export_key, user_id)
    group by x.account_key
)
select
    x.account_key,
    any_value(x.assistant) as provider,
    coalesce(any_value(l.label), any_value(m.email)) as label
from staging.exports x
left join raw.account_labels l using (account_key)
left join emails m using (account_key)
group by x.account_key;
