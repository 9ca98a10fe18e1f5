-- macro:    export
-- grain:    one export_id
-- reads:    staging.exports
-- example:  select export('latest~1')
-- The export that words select: latest, latest~1 (the one before), a date (the newest made by the end of that day, UTC),
-- an id or its beginning. Where there are several accounts: export('latest', account := 'chatgpt:…').
create or replace macro export(selector, account := '') as (
    with

    candidates as (
        select
            export_id,
            account_key,
            exported_at,
            count(exported_at) over (
                partition by account_key
                order by export_rank desc
            ) - 1 as age
        from staging.exports
        where starts_with(account_key, account)
    ),

    selected as (
        select
            export_id,
            account_key
        from candidates
        where case
            when regexp_full_match(selector, 'latest(~\d{1,9})?') then
                exported_at is not null
                and age = coalesce(try_cast(regexp_extract(selector, '~(\d+)', 1) as bigint), 0)
            when regexp_full_match(selector, '\d{4}-\d{2}-\d{2}') then
                epoch_us(exported_at) < epoch_us(try_cast(selector as timestamp)) + 86400000000
            else starts_with(export_id, selector)
        end
        qualify regexp_full_match(selector, '\d{4}-\d{2}-\d{2}') is not true
            or row_number() over (partition by account_key order by age) = 1
    )

    select case count(*)
        when 1 then min(export_id)
        when 0 then error('no export fits "' || selector || '"; select export_id, exported_at from exports shows them')
        else error(count(*) || ' exports fit "' || selector || '"; write more of the id, or name the account: export(''latest'', account := ''…'')')
    end
    from selected
);
