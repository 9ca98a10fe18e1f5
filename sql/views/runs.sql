-- relation: runs
-- grain:    one row per job that changed the lake
-- key:      run_id
-- reads:    raw.runs
-- example:  select job, started_at, summary from runs order by started_at desc limit 1
-- What was done to this lake, with the receipt of each job as JSON.
create or replace view runs as
select
    run_id,
    job,
    started_at,
    finished_at,
    memlake_version,
    summary
from raw.runs;
