"""Opens a lake for reading, whatever else goes on in it."""

from __future__ import annotations

from memlake.errors import LakeError
from memlake.lake import schema
from memlake.lake.connection import Database
from memlake.lake.layout import Layout


def open_lake(layout: Layout) -> Database:
    """Return the lake, opened read-only.

    Raises `LakeError` if there is none, `LakeUnavailableError` if a newer memlake made it or a shell writes to it.
    """
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
