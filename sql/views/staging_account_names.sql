-- relation: staging.account_names
-- grain:    one row per account per key that it has, or that lists in it had before they joined it
-- key:      account_key, name
-- reads:    staging.exports, raw.exports
-- column:   name - the account's own key, or that of a list that had no account yet
-- By these what people decided about a memory is found again, whosever list it turned out to be.
create or replace view staging.account_names as
select
    account_key,
    account_key as name
from staging.exports
union
select
    x.account_key,
    x.assistant || ':export-' || left(e.content_sha256, 8)
from staging.exports x
join raw.exports e using (export_key);
