"""Memories in JSON: strings, objects with a text, lists of either below the names of categories."""

from __future__ import annotations

from collections.abc import Iterator

from memlake.jsontext import InvalidJsonError, decode_json
from memlake.parsing.values import JsonObject, first_text, is_object
from memlake.providers.dump.dates import NO_DATE, Stated, read_date
from memlake.providers.dump.entries import Found
from memlake.times import time_us

TEXT_KEYS = ("content", "value", "text", "memory", "fact")
CERTAIN_LIST_KEYS = ("memories", "memory_entries", "saved_memories", "saved_info")
LIST_KEYS = (*CERTAIN_LIST_KEYS, "memory", "facts", "entries", "items", "data")
DATE_KEYS = (
    *("date", "created_at", "created", "saved_at", "saved", "date_saved", "saved_date", "createdAt"),
    *("created_timestamp", "create_time", "timestamp", "added_at", "stored_at"),
)
SECTION_KEYS = ("category", "section", "topic", "type", "group")
OTHER_KEYS = (
    *("updated_at", "updatedAt", "status", "enabled", "source", "confidence", "importance", "tags", "index", "number"),
    *("position", "order", "note", "notes"),
)
ABOUT_KEYS = frozenset(
    (
        *("account", "assistant", "client", "count", "date", "exported_at", "exportedAt", "export_date", "format"),
        *("generated_at", "generatedAt", "memory_max_tokens", "memory_num_tokens", "model", "note", "provider"),
        *("source", "title", "total", "total_count", "user", "version"),
    )
)
_KNOWN_KEYS = frozenset((*DATE_KEYS, *SECTION_KEYS, *OTHER_KEYS))
_KEYS_BESIDE_A_TEXT = frozenset((*DATE_KEYS, "tags"))
EXPORT_KEYS = ("exported_at", "exportedAt", "export_date", "generated_at", "generatedAt")

NOT_JSON = object()
_DEEPEST = 8


def read_value(value: object, section: tuple[str, ...] = (), stated: Stated | None = None) -> Iterator[Found]:
    """Yield what a JSON value lists; a number is its own text. The value must not be deep (see `json_value`)."""
    if isinstance(value, list):
        for item in value:
            found = list(read_value(item, section, stated))
            yield from found or ([Found("", section, stated)] if is_object(item) else [])
    elif is_object(value) and first_text(value, TEXT_KEYS) is not None:
        yield _read_record(value, section, stated)
    elif is_object(value):
        yield from _read_categories(value, section, stated)
    elif value is not None:
        yield Found(value if isinstance(value, str) else str(value), section, stated)


def json_value(text: str) -> object:
    """Return what a text means as JSON or JSON Lines; `NOT_JSON` if it is neither, or deeper than any list is."""
    value = _decoded(text)
    if value is NOT_JSON and text.lstrip().startswith("{"):
        value = _decoded_lines(text)
    return NOT_JSON if _is_deep(value) else value


def list_key(value: JsonObject) -> str | None:
    """Return the key under which an object holds its list of memories: a list, an object, or a text of many lines."""
    for key in LIST_KEYS:
        inner = value.get(key)
        if isinstance(inner, list | dict) or (key in CERTAIN_LIST_KEYS and isinstance(inner, str)):
            return key
    return None


def exported_at_us(value: object) -> int | None:
    """Return when an object says that its list was taken."""
    if not is_object(value):
        return None
    return next((time for key in EXPORT_KEYS if (time := time_us(value.get(key))) is not None), None)


def stated_date(value: object) -> Stated | None:
    """Return what a date's field states: epoch seconds, ISO 8601, or a date as people write it."""
    if isinstance(value, str) and (stated := read_date(value)) is not None:
        return stated
    at_us = time_us(value)
    return None if at_us is None else Stated(at_us, "stated")


def _read_record(record: JsonObject, section: tuple[str, ...], stated: Stated | None) -> Found:
    text = first_text(record, TEXT_KEYS) or ""
    own = next((found for key in DATE_KEYS if (found := stated_date(record.get(key))) is not None), None)
    name = first_text(record, SECTION_KEYS)
    return Found(text, (*section, name) if name else section, own or stated)


def _read_categories(value: JsonObject, section: tuple[str, ...], stated: Stated | None) -> Iterator[Found]:
    holder = None if section else list_key(value)
    if holder is not None:
        yield from read_value(value[holder], section, stated)
        value = {key: inner for key, inner in value.items() if key not in (holder, *ABOUT_KEYS) and _is_texts(inner)}
    for key, inner in value.items():
        dated = read_date(key)
        if dated is not None and dated != NO_DATE:
            yield from read_value(inner, section, dated)
        elif isinstance(inner, list | dict) and key not in _KEYS_BESIDE_A_TEXT:
            yield from read_value(inner, (*section, key), stated)
        elif isinstance(inner, str) and key.isdigit():
            yield Found(inner, section, stated)
        elif isinstance(inner, str) and inner.strip() and key not in (*ABOUT_KEYS, *_KNOWN_KEYS):
            yield Found(f"{key}: {inner}", section, stated)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _decoded(text: str) -> object:
    try:
        return decode_json(text.encode("utf-8", "replace"))
    except InvalidJsonError:
        return NOT_JSON


def _decoded_lines(text: str) -> object:
    values: list[object] = []
    for line in filter(str.strip, text.split("\n")):
        values.append(_decoded(line))
        if values[-1] is NOT_JSON:
            return NOT_JSON
    return values


def _is_deep(value: object) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        inner = [item.values() if is_object(item) else item for item in level if isinstance(item, list | dict)]
        level = [item for items in inner for item in items]
    return any(isinstance(item, list | dict) for item in level)
