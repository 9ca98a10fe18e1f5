"""The memory list as a file: `memory.json`, and what the web API and scripts around it write."""

from __future__ import annotations

from memlake.model import MemoryRow, Parsed, Reject
from memlake.parsing.values import JsonObject, bool_or_none, first_text, id_or_none
from memlake.text import text_key
from memlake.times import time_us

TEXT_KEYS = ("content", "value", "text", "memory")
CREATED_KEYS = ("created_at", "created_timestamp", "create_time")
UPDATED_KEYS = ("updated_at", "updated_timestamp", "update_time")
STATE_KEYS = ("enabled", "status")

_ENABLED_BY_STATUS = dict.fromkeys(("enabled", "active", "warm", "cold", "on"), True) | dict.fromkeys(
    ("disabled", "inactive", "off"), False
)


def read_memory(record: JsonObject) -> Parsed | Reject:
    """Turn one element of a memory list into its row; its place in the list is not known here."""
    content = first_text(record, TEXT_KEYS)
    if content is None:
        return Reject("memory without a text")
    memory_id = id_or_none(record.get("id"))
    if memory_id is None:
        return Reject("memory without an id")
    created_at_us = _first_time(record, CREATED_KEYS)
    row = MemoryRow(
        channel="memory_file",
        memory_id=memory_id,
        text_key=text_key(content),
        content=content,
        enabled=_enabled(record),
        created_at_us=created_at_us,
        created_at_basis=None if created_at_us is None else "provider",
        updated_at_us=_first_time(record, UPDATED_KEYS),
        position=0,
        conversation_id=None,
        message_id=None,
        seen_at_us=None,
    )
    return Parsed(rows={MemoryRow: [row]}, shapes=frozenset({("memory", tuple(record))}))


def _first_time(record: JsonObject, keys: tuple[str, ...]) -> int | None:
    return next((time for key in keys if (time := time_us(record.get(key))) is not None), None)


def _enabled(record: JsonObject) -> bool | None:
    """Return whether a memory is switched on; a "cold" one is older, but still on; unknown words say nothing."""
    enabled = bool_or_none(record.get("enabled"))
    status = record.get("status")
    if enabled is None and isinstance(status, str):
        return _ENABLED_BY_STATUS.get(status.strip().casefold())
    return enabled
