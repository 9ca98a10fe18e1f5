"""Print how many bytes of text the messages of a lake hold.

python tests/bench/database.py lake/memlake.duckdb
"""

from __future__ import annotations

import sys

import duckdb

if __name__ == "__main__":
    with duckdb.connect(sys.argv[1], read_only=True) as connection:
        found = connection.execute("select sum(strlen(text)) from messages").fetchone()
    sys.stdout.write(str(found[0] if found else 0))
