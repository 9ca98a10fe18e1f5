"""Free SQL on a lake, which only reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from memlake.lake.connection import Stream
from memlake.lake.freesql import SqlLimits, free_answer
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake


@contextmanager
def ask_sql(lake: Path, sql: str, *, limits: SqlLimits | None = None) -> Iterator[Stream]:
    """Ask one statement that only reads; its rows come in batches until the context ends.

    Raises `UsageError` for anything else, with the place in the text, and `MemlakeError` if it fails or costs more
    than the limits.
    """
    with open_lake(Layout(lake)) as database, free_answer(database, sql, limits=limits) as stream:
        yield stream
