"""Compute a lake's derived tables again and print what it took as JSON, the slowest statements on stderr.

python tests/bench/derive.py .bench/history/scratch/lake/memlake.duckdb
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from time import perf_counter, process_time

from memlake.jobs.deriving import derive_tables
from memlake.lake.connection import Database

_SHOWN_COUNT = 12


class StopwatchDatabase(Database):
    """A database that knows how long it worked on each statement, by the statement's first words."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, read_only=False)
        self.wall_seconds: defaultdict[str, float] = defaultdict(float)

    def run(self, sql: str, parameters: dict[str, object] | None = None) -> None:
        """Run statements and note the time."""
        began = perf_counter()
        super().run(sql, parameters)
        self.wall_seconds[" ".join(sql.split()[:5])] += perf_counter() - began


def main() -> None:
    """Derive inside one transaction, as an ingest does, and commit."""
    with StopwatchDatabase(Path(sys.argv[1])) as database:
        with database.transaction():
            cpu_began, wall_began = process_time(), perf_counter()
            derive_tables(database)
            timed = {"cpu_seconds": process_time() - cpu_began, "wall_seconds": perf_counter() - wall_began}
        slowest = sorted(database.wall_seconds.items(), key=lambda item: item[1], reverse=True)
        for statement, seconds in slowest[:_SHOWN_COUNT]:
            sys.stderr.write(f"{seconds * 1_000:6.0f} ms  {statement}\n")
    sys.stdout.write(json.dumps(timed))


if __name__ == "__main__":
    main()
