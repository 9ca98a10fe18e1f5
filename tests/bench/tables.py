"""The peer of an archive: write the same relations and base tables as Parquet by Polars, neither sorted nor checked.

python tests/bench/tables.py lake/memlake.duckdb FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import polars as pl

_TABLES = """
select table_schema || '.' || table_name
from information_schema.tables
where table_schema in ('main', 'raw') and table_name not in ('deployed', 'lake_state')
order by all
"""

if __name__ == "__main__":
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True)
    with duckdb.connect(sys.argv[1], read_only=True) as connection:
        for (table,) in connection.execute(_TABLES).fetchall():
            frame = pl.DataFrame(connection.sql(f"from {table}"))
            frame.write_parquet(folder / f"{table}.parquet", compression="zstd", compression_level=1)
