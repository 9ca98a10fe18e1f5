"""Lakes to test on: an empty one with the whole schema, and the programs that open one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from memlake.lake import schema
from memlake.lake.connection import Database


@contextmanager
def empty_lake() -> Iterator[Database]:
    """Give a database that has every relation and no row."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Database(Path(folder) / "memlake.duckdb", read_only=False) as database,
    ):
        schema.migrate(database)
        schema.derive(database)
        yield database


def open_lake(lake: Path) -> Database:
    """Open a lake for reading."""
    return Database(lake / "memlake.duckdb", read_only=True)
