"""What was done to the lake, kept in the lake."""

from __future__ import annotations

from datetime import datetime

import orjson

from memlake import __version__
from memlake.lake.connection import Database, insert_row


def record_run(database: Database, *, job: str, started_at: datetime, finished_at: datetime, summary: object) -> str:
    """Add a row to `raw.runs` and return its run_id; the summary is a frozen dataclass or a dictionary."""
    number = database.number("select count(*) from raw.runs") + 1
    run_id = f"{started_at:%Y%m%dT%H%M%S}-{number}"
    insert_row(
        database,
        "raw.runs",
        {
            "run_id": run_id,
            "job": job,
            "started_at": started_at,
            "finished_at": finished_at,
            "memlake_version": __version__,
            "summary": orjson.dumps(summary).decode(),
        },
    )
    return run_id
