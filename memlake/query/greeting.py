"""What there is to ask in a lake, in a few lines: how much of it, and the names of its relations and macros."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from memlake.lake import sqlfiles
from memlake.lake.connection import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """How much a lake holds and what there is to ask; a macro's name comes with its parameters."""

    memory_count: int
    conversation_count: int
    message_count: int
    export_count: int
    newest_at: datetime | None
    relations: tuple[str, ...]
    macros: tuple[str, ...]


def greeting(database: Database) -> Greeting:
    """Return what a lake says to somebody who opens it."""
    row = database.query(sqlfiles.report("shell_greeting")).as_dicts()[0]
    names = {name: tuple(row[name] or ()) for name in ("relations", "macros")}
    return Greeting(**row | names)
