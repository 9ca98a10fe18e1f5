-- Two exports never share an export_id, and every export has an account.
select
    export_id,
    count(*) as export_count
from staging.exports
group by export_id
having count(*) > 1
    or bool_or(account_key is null);
