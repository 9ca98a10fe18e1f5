"""JSON values turned into exactly the types that rows declare, or into nothing."""

from __future__ import annotations

from typing import TypeGuard

JsonObject = dict[str, object]

_INT64_LIMIT = 1 << 63


def is_object(value: object) -> TypeGuard[JsonObject]:
    """Say whether a decoded value is a JSON object."""
    return isinstance(value, dict)


def object_or_empty(value: object) -> JsonObject:
    """Return a JSON object, or an empty one instead of anything else."""
    return value if is_object(value) else {}


def list_or_empty(value: object) -> list[object]:
    """Return a JSON array, or an empty one instead of anything else."""
    return value if isinstance(value, list) else []


def text_or_none(value: object) -> str | None:
    """Return a string that says something: `None` for an empty one and for every other type."""
    return value if isinstance(value, str) and value else None


def bool_or_none(value: object) -> bool | None:
    """Return a boolean and nothing that only looks like one."""
    return value if isinstance(value, bool) else None


def count_or_none(value: object) -> int | None:
    """Return a whole number from 0 that fits a 64-bit column."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value < _INT64_LIMIT else None


def share_or_none(value: object) -> float | None:
    """Return a number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= 1 else None


def id_or_none(value: object) -> str | None:
    """Return an id verbatim; a number becomes its digits, an empty string and all else nothing."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return str(value)


def first_text(record: JsonObject, keys: tuple[str, ...]) -> str | None:
    """Return the first of some fields that holds more than spaces, verbatim."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, str) and value.strip():
            return value
    return None
