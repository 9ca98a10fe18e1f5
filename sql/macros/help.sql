-- macro:    help
-- grain:    one row per relation and macro that is there for you
-- reads:    raw.deployed
-- example:  from help()
-- What there is to ask, with an example of each; the same words are comments on the relations and their columns.
create or replace macro help() as table
select
    case
        when kind = 'macros' then name || '(' || coalesce(array_to_string(columns, ', '), '') || ')'
        else name
    end as relation,
    grain,
    case when kind <> 'macros' then array_to_string(columns, ', ') end as columns,
    example,
    about
from raw.deployed
where not contains(name, '.')
order by kind = 'macros', name;
