"""Opens a lake for reading, whatever else goes on in it."""

from __future__ import annotations

from memlake.errors import LakeError
from memlake.lake import schema
from memlake.lake.connection import Database
from memlake.lake.layout import Layout


def open_lake(layout: Layout) -> Database:
    """Return the lake, opened read-only.

    Raises `LakeError` if there is none or an older memlake made its tables, `LakeUnavailableError` if a newer memlake
    made it or a shell writes to it.
    """
    database = _open(layout)
    if not schema.is_derived_current(database):
        database.close()
        raise LakeError(
            f"an older memlake made the tables of {layout.folder}", hint="bring them up to date with: memlake rebuild"
        )
    return database


def refuse_missing(layout: Layout) -> None:
    """Raise what `open_lake` raises, but take a lake of an older memlake: for jobs that bring it up to date."""
    _open(layout).close()


def _open(layout: Layout) -> Database:
    if not layout.exists():
        raise LakeError(
            f"there is no lake at {layout.folder.resolve()}",
            hint="make one with: memlake ingest EXPORT.zip, or say where it is with --lake DIR",
        )
    database = Database(layout.database, read_only=True)
    try:
        schema.refuse_newer(database)
    except BaseException:
        database.close()
        raise
    return database
