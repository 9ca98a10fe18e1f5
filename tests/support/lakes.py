"""Lakes to test on: an empty one with the whole schema, exports to fill others, and what a lake answers."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from support.zips import write_files

import memlake
from memlake.jobs.summary import EntityReceipt, ExportReceipt
from memlake.lake import schema, sqlfiles
from memlake.lake.connection import Database

Json = dict[str, object]

_TELLS_OF_RUNS = ("ingested_at", "record_key")
"""Columns that depend on when and in which order exports came."""


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


def ask(lake: Path, sql: str, **parameters: object) -> list[tuple[Any, ...]]:
    """Return the rows that a query finds in a lake."""
    with open_lake(lake) as database:
        return database.query(sql, parameters or None).rows


def change(lake: Path, *statements: str) -> None:
    """Write to a lake as somebody does in a DuckDB shell."""
    with Database(lake / "memlake.duckdb", read_only=False) as database:
        for statement in statements:
            database.run(statement)


def relations(lake: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every relation for people, in a fixed order, without what tells of runs."""
    names = [file.name for file in sqlfiles.load("tables", "views") if "." not in file.name and file.name != "runs"]
    hidden = "', '".join(_TELLS_OF_RUNS)
    with open_lake(lake) as database:
        return {
            name: database.query(f"select columns(lambda c: c not in ('{hidden}')) from {name} order by all").rows
            for name in names
        }


def misplaced_messages(lake: Path) -> list[tuple[Any, ...]]:
    """Return the messages before their parents or without them, and conversations that do not count on from 0."""
    return ask(
        lake,
        "select m.conversation_id, m.message_id from messages m left join messages p on p.account_key = m.account_key "
        "and p.conversation_id = m.conversation_id and p.message_id = m.parent_id "
        "where m.parent_id is not null and coalesce(p.position >= m.position, true) "
        "union all select conversation_id, null from messages group by account_key, conversation_id "
        "having max(position) + 1 <> count(*) or count(distinct position) <> count(*)",
    )


def take_in(lake: Path, *exports: Path, account: str | None = None) -> ExportReceipt:
    """Ingest exports one after the other into a lake; return the receipt of the last."""
    summary = memlake.ingest(*exports, lake=lake, account=account)
    assert not summary.refused, summary.refused
    return summary.exports[-1]


def lake_of(lake: Path, *exports: Path) -> Path:
    """Make a lake of some exports, each in a run of its own."""
    for export in exports:
        take_in(lake, export)
    return lake


def entity(receipt: ExportReceipt, name: str) -> EntityReceipt:
    """Return what a receipt says about one kind of thing."""
    return next(found for found in receipt.entities if found.entity == name)


def export_folder(
    folder: Path,
    name: str = "export",
    *,
    conversations: Sequence[object] | None = None,
    memories: Sequence[object] | None = None,
    user: str | None = None,
    page: Sequence[str] | None = None,
    files: dict[str, bytes] | None = None,
) -> Path:
    """Write an export with the files that are given; `user` is the account's id, `page` the list in `chat.html`."""
    written: dict[str, bytes] = dict(files or {})
    if conversations is not None:
        written["conversations.json"] = json.dumps(list(conversations)).encode()
    if memories is not None:
        written["memory.json"] = json.dumps(list(memories)).encode()
    if user is not None:
        account = {"id": user, "email": f"{user}@example.org", "chatgpt_plus_user": False}
        written["user.json"] = json.dumps(account).encode()
    if page is not None:
        items = "".join(f"<li>{item}</li>" for item in page)
        written["chat.html"] = f"<html><body><h2>My ChatGPT memories</h2><ul>{items}</ul></body></html>".encode()
    return write_files(folder / name, written)


def memory(memory_id: str, content: str, created_at: str | None = "2025-01-01T12:00:00Z", **keys: object) -> Json:
    """Return an element of a memory list."""
    return {"id": memory_id, "content": content, "enabled": True, "created_at": created_at} | keys
