"""Ask a lake one question several times over one open connection; print the medians as JSON.

python tests/bench/ask.py .bench/history/scratch/lake/memlake.duckdb "from memories"
"""

from __future__ import annotations

import json
import sys
from statistics import median
from time import perf_counter, process_time

import duckdb

_ASKED_COUNT = 5


def main() -> None:
    """Ask, fetch all rows, and time both together."""
    cpu_seconds, wall_seconds = [], []
    with duckdb.connect(sys.argv[1], read_only=True) as connection:
        for _ in range(_ASKED_COUNT):
            cpu_began, wall_began = process_time(), perf_counter()
            connection.execute(sys.argv[2]).fetchall()
            cpu_seconds.append(process_time() - cpu_began)
            wall_seconds.append(perf_counter() - wall_began)
    sys.stdout.write(json.dumps({"cpu_seconds": median(cpu_seconds), "wall_seconds": median(wall_seconds)}))


if __name__ == "__main__":
    main()
