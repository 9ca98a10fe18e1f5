"""What Claude remembers: texts of Markdown about the account and about each project, and files of notes."""

from __future__ import annotations

from collections.abc import Iterator

from memlake.model import MemoryRow, Parsed, ProseRow, Reject, Row, UserRow
from memlake.parsing.memory_rows import memory_row
from memlake.parsing.prose import statements
from memlake.parsing.values import JsonObject, id_or_none, is_object, list_or_empty
from memlake.times import time_us

_PROJECT_KEYS = ("project_uuid", "uuid")
_TEXT_KEYS = ("memory", "content")

_Text = tuple[str, object, int | None]
"""A scope, the text in it if it is one, and when it was written."""


def read_prose(record: JsonObject) -> Parsed | Reject:
    """Turn one account's record into its texts and their statements, which count on over all of them.

    An empty text remembers nothing; a missing one says nothing.
    """
    if not _is_readable(record):
        return Reject("memory of none of the known shapes")
    texts: dict[str, tuple[str, int | None]] = {}
    for scope, stated, updated_at_us in (*_account_texts(record), *_project_texts(record), *_file_texts(record)):
        if isinstance(stated, str):
            texts.setdefault(scope, (stated, updated_at_us))
    rows: dict[type[Row], list[Row]] = {UserRow: [], ProseRow: [], MemoryRow: []}
    if user_id := id_or_none(record.get("account_uuid")):
        rows[UserRow].append(UserRow(user_id=user_id, email=None))
    for scope, (text, updated_at_us) in texts.items():
        found = statements(text)
        rows[ProseRow].append(ProseRow(scope, text, updated_at_us, len(found)))
        for statement in found:
            position = len(rows[MemoryRow])
            rows[MemoryRow].append(
                memory_row("prose", statement.content, position=position, scope=scope, section=statement.section)
            )
    files = [file for file in list_or_empty(record.get("memory_files")) if is_object(file)]
    shapes = {("memory", tuple(record)), ("memory.file", tuple(sorted(set().union(*files))))}
    return Parsed(
        rows={row_type: kept for row_type, kept in rows.items() if kept},
        shapes=frozenset(shape for shape in shapes if shape[1]),
    )


def _is_readable(record: JsonObject) -> bool:
    """Say whether some key is there with a value of its kind; null is one: so are accounts without memory."""
    return (
        id_or_none(record.get("account_uuid")) is not None
        or isinstance(record.get("conversations_memory", 0), str | None)
        or isinstance(record.get("project_memories", 0), dict | list | None)
        or isinstance(record.get("memory_files", 0), list | None)
    )


def _account_texts(record: JsonObject) -> Iterator[_Text]:
    yield "account", record.get("conversations_memory"), time_us(record.get("updated_at"))


def _project_texts(record: JsonObject) -> Iterator[_Text]:
    memories = record.get("project_memories")
    if is_object(memories):
        for key, text in memories.items():
            yield f"project:{key}", text, None
    for memory in list_or_empty(memories):
        if is_object(memory) and (project_id := _first_id(memory, _PROJECT_KEYS)):
            text = next((memory[key] for key in _TEXT_KEYS if isinstance(memory.get(key), str)), None)
            yield f"project:{project_id}", text, time_us(memory.get("updated_at"))


def _file_texts(record: JsonObject) -> Iterator[_Text]:
    for file in list_or_empty(record.get("memory_files")):
        if is_object(file) and (path := id_or_none(file.get("path"))):
            yield f"file:{path}", file.get("content"), time_us(file.get("updated_at"))


def _first_id(record: JsonObject, keys: tuple[str, ...]) -> str | None:
    return next((found for key in keys if (found := id_or_none(record.get(key)))), None)
