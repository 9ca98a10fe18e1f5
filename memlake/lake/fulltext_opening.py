"""Opens the search index of a lake: made, caught up, or made anew where it is damaged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from memlake.errors import LakeUnavailableError
from memlake.lake.connection import Database
from memlake.lake.fulltext import MessageIndex
from memlake.lake.fulltext_build import Report, catch_up
from memlake.lake.fulltext_errors import explained_writing, is_damage, is_of_the_disk
from memlake.lake.fulltext_stamp import Stamp, database_state
from memlake.lake.layout import FILE_MODE, FOLDER_MODE, Layout
from memlake.lake.reader import open_lake

_WAIT_SECONDS = 600.0
_POLL_SECONDS = 0.1


def open_caught_up(layout: Layout, *, report: Report | None = None) -> MessageIndex:
    """Return the index of a lake, caught up with it; the first call makes it, which takes a while.

    Other processes that catch it up meanwhile are waited for. Raises `LakeError` if there is no lake, or if the
    folder `search/` is not up to date and cannot be written.
    """
    folder = layout.folder / "search"
    index = _open_current(folder, database_state(layout))
    if index is not None:
        return index
    open_lake(layout).close()  # whatever is wrong with the lake is said before anything is written
    with explained_writing(folder):
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        with _only_one(folder):
            state = database_state(layout)
            index = _open_current(folder, state)
            if index is not None:
                return index
            with open_lake(layout) as database:
                return MessageIndex(folder, _bring_up_to_date(folder, database, state, report or _to_nobody))


def forget_index(layout: Layout) -> None:
    """Let the next one that opens the index of a lake make it from nothing, since it is damaged."""
    folder = layout.folder / "search"
    with explained_writing(folder), _only_one(folder):
        Stamp.remove(folder)


def _open_current(folder: Path, state: str) -> MessageIndex | None:
    """Return the index if it is whole and tells of the database as it is; asks the database nothing."""
    stamp = Stamp.read(folder)
    if stamp is None or not state or stamp.database != state:
        return None
    try:
        return MessageIndex(folder, stamp)
    except BaseException as error:
        if is_damage(error):
            return None
        raise


def _bring_up_to_date(folder: Path, database: Database, state: str, report: Report) -> Stamp:
    """Catch up with the lake; start from nothing if what is there cannot be read."""
    former = Stamp.read(folder)
    if former is not None and former.database != state:
        try:
            return catch_up(folder, database, state=state, former=former, report=report)
        except BaseException as error:
            if not is_damage(error) or is_of_the_disk(error):
                raise
    return catch_up(folder, database, state=state, former=None, report=report)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / "lock", mode=FILE_MODE)
    try:
        lock.acquire(timeout=_WAIT_SECONDS, poll_interval=_POLL_SECONDS)
    except Timeout:
        raise LakeUnavailableError(
            f"the search index in {folder} is being made by another memlake", hint="let it finish, then try again"
        ) from None
    try:
        yield
    finally:
        lock.release()


def _to_nobody(_done_bytes: int, _total_bytes: int) -> None:
    """Keep silent."""
