-- One row per memory and export whose list shows it.
-- parameters: account_key
select
    s.memory_id,
    x.export_id,
    s.enabled,
    lag(s.content) over (
        partition by s.memory_id
        order by s.export_rank
    ) <> s.content as is_edited
from staging.memory_snapshots s
join staging.exports x using (export_key)
where s.account_key = $account_key
order by s.memory_id, s.export_rank;
