-- grain:    one row per line
-- key:      line_number
-- reads:    memories
-- parameter: account = - only this account, by its key, the beginning of it or its label; empty: all
-- parameter: title = ChatGPT Memory Archive - the heading
-- example:  memlake query markdown > memories.md
-- output:   lines
-- column:   line_number - from 0
-- column:   line - a line of Markdown; a memory of several lines takes several in the file
-- The memories as a list in Markdown, with the days of their creation, as the published recipe writes it
with

listed as (
    select
        *,
        row_number() over (
            order by account_key, created_at nulls last, scope nulls first, position, memory_id
        ) as line_number
    from memories
    where state <> 'deleted'
        and channel <> 'likely'
        and $account in ('', account_key)
)

select
    0 as line_number,
    '# ' || $title || chr(10) as line
union all
select
    line_number,
    '- **' || coalesce(strftime(make_timestamp(epoch_us(created_at)), '%Y-%m-%d'), '') || '** '
        || case when enabled is false then '(disabled) ' else '' end
        || content
from listed
order by line_number;
