"""The lake as JSON records: its relations, and what it knows in the shape of files of an export."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import orjson

from memlake.lake import sqlfiles
from memlake.lake.connection import Database
from memlake.query.jq.sources import DEFAULT_RELATION

_Row = dict[str, Any]
_UNKNOWN_TIME = {"created_at": "", "updated_at": ""}


def relation_records(database: Database, name: str, *, account_key: str | None, is_all: bool) -> Iterator[bytes]:
    """Yield the rows of a relation as JSON objects; memories in the shape of `memory.json`.

    The database answers nothing else until the last is taken.
    """
    parameters: dict[str, object] = {"account_key": account_key}
    if name != DEFAULT_RELATION:
        yield from map(_encoded, _rows(database, f"jq_{name}", parameters))
        return
    for row in _rows(database, "jq_memories", parameters | {"is_all": is_all}):
        known = {key: value for key, value in row.items() if value is not None}
        yield _encoded({key: known.get(key, _UNKNOWN_TIME.get(key)) for key in row})


def conversation_records(database: Database, *, account_key: str | None) -> Iterator[bytes]:
    """Yield each conversation as an element of `conversations.json`, as far as the lake knows it."""
    rows = _rows(database, "jq_conversations", {"account_key": account_key})
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


def _rows(database: Database, report: str, parameters: dict[str, object]) -> Iterator[_Row]:
    database.limit_memory()
    return database.stream(sqlfiles.report(report), parameters).as_dicts()


def _encoded(value: _Row) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_UTC_Z)
