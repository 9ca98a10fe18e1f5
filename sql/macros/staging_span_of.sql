-- macro:    staging.span_of
-- grain:    one stated date
-- How long after its beginning a stated day, month or year (a created_at_basis) ends at most.
create or replace macro staging.span_of(basis) as (
    case basis
        when 'stated_year' then interval 366 day
        when 'stated_month' then interval 31 day
        else interval 1 day
    end
);
