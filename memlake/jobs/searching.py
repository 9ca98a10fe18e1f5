"""Opens a lake together with its search index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from memlake.jobs.progress import Progress
from memlake.lake.connection import Database
from memlake.lake.fulltext import MessageIndex
from memlake.lake.fulltext_opening import open_caught_up
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake


@contextmanager
def searchable(layout: Layout, progress: Progress) -> Iterator[tuple[Database, MessageIndex]]:
    """Open a lake with its index, which is caught up first."""
    done = 0

    def report(done_bytes: int, total_bytes: int) -> None:
        nonlocal done
        if done_bytes == 0:
            progress.start("indexing what was said", total_bytes)
        else:
            progress.advance(done_bytes - done)
        done = done_bytes

    with open_caught_up(layout, report=report) as index, open_lake(layout) as database:
        database.limit_memory()
        yield database, index
