"""The lake as JSON records: its relations, and what it knows in the shape of files of an export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import orjson

from memlake.lake import sqlfiles
from memlake.lake.connection import Database
from memlake.query.jq.sources import DEFAULT_RELATION

_BATCH_BYTES = 16 * 1024 * 1024
_Row = dict[str, Any]
_UNKNOWN = {"created_at": "", "updated_at": ""}


def relation_records(database: Database, name: str, *, account_key: str | None, is_all: bool) -> Iterator[bytes]:
    """Yield the rows of a relation as JSON objects; memories in the shape of `memory.json`.

    The database answers nothing else until the last is taken.
    """
    if name == "messages":
        return map(_encoded, _talk_rows(database, "jq_messages", account_key))
    parameters: dict[str, object] = {"account_key": account_key}
    if name != DEFAULT_RELATION:
        return map(_encoded, database.stream(sqlfiles.report(f"jq_{name}"), parameters).as_dicts())
    rows = database.stream(sqlfiles.report("jq_memories"), parameters | {"is_all": is_all}).as_dicts()
    return (
        _encoded({key: _UNKNOWN.get(key) if value is None else value for key, value in row.items()}) for row in rows
    )


def conversation_records(database: Database, *, account_key: str | None) -> Iterator[bytes]:
    """Yield each conversation as an element of `conversations.json`, as far as the lake knows it."""
    rows = _talk_rows(database, "jq_conversations", account_key)
    for _, told in groupby(rows, key=lambda row: (row["account_key"], row["conversation_id"])):
        yield _encoded(_conversation(list(told)))


def _conversation(rows: list[_Row]) -> _Row:
    head = rows[0]
    told = [row for row in rows if row["message_id"] is not None]
    mapping: dict[str, _Row] = {row["message_id"]: _node(row) for row in told}
    for row in told:
        if row["parent_id"] in mapping:
            mapping[row["parent_id"]]["children"].append(row["message_id"])
    shown = [row["message_id"] for row in told if row["is_on_active_path"]]
    return {
        "title": head["title"],
        "create_time": head["create_time"],
        "update_time": head["update_time"],
        "mapping": mapping,
        "current_node": shown[-1] if shown else None,
        "conversation_id": head["conversation_id"],
        "id": head["conversation_id"],
    }


def _node(row: _Row) -> _Row:
    return {
        "id": row["message_id"],
        "message": {
            "id": row["message_id"],
            "author": {"role": row["role"], "name": row["author_name"]},
            "create_time": row["message_create_time"],
            "content": {"content_type": row["content_type"], "parts": [row["text"]]},
            "status": row["status"],
            "metadata": {"model_slug": row["model"]} if row["model"] else {},
            "recipient": row["recipient"],
        },
        "parent": row["parent_id"],
        "children": [],
    }


def _talk_rows(database: Database, report: str, account_key: str | None) -> Iterator[_Row]:
    """Yield rows in the order of conversations, asked for some of these at a time: all texts at once would not fit."""
    database.limit_memory()
    talks = database.query(sqlfiles.report("jq_talks"), {"account_key": account_key}).rows
    for batch in _batches(talks):
        keys: dict[str, object] = {
            "account_keys": [key for key, _ in batch],
            "conversation_ids": [id_ for _, id_ in batch],
        }
        yield from database.stream(sqlfiles.report(report), keys).as_dicts()


def _batches(talks: Iterable[tuple[str, str, int]]) -> Iterator[list[tuple[str, str]]]:
    batch: list[tuple[str, str]] = []
    batch_bytes = 0
    for account_key, conversation_id, text_bytes in talks:
        batch.append((account_key, conversation_id))
        batch_bytes += text_bytes
        if batch_bytes >= _BATCH_BYTES:
            yield batch
            batch, batch_bytes = [], 0
    if batch:
        yield batch


def _encoded(value: _Row) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_UTC_Z)
