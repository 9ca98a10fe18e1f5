"""What an assistant remembers now, as statements that a pack can be held against."""

from __future__ import annotations

from memlake.lake import sqlfiles
from memlake.lake.connection import Database
from memlake.parsing.prose import statements


def remembered(database: Database) -> list[str]:
    """Return every memory that is there, and what the custom instructions say, statement by statement."""
    rows = database.query(sqlfiles.report("remembered")).rows
    return [
        statement
        for text, is_long in rows
        if text
        for statement in ([one.content for one in statements(text)] if is_long else [text])
    ]
