"""Reads a listing back: JSON as the frozen values that it was written from, each of its own type."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import is_dataclass
from datetime import datetime
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


def read_as(kind: Any, value: object) -> Any:  # noqa: ANN401 - any type in, a value of it out
    """Return what a JSON value is as a type. Raises `ValueError` or `TypeError` if it is none of it."""
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(value, dict):
        hints = _hints(kind)
        return kind(**{name: read_as(hints.get(name), found) for name, found in value.items()})
    if kind is datetime and isinstance(value, str):
        return datetime.fromisoformat(value)
    if type(value) is kind:
        return value
    return _compound(get_origin(kind), get_args(kind), value)


def _compound(origin: object, arguments: tuple[Any, ...], value: object) -> object:
    if origin in {UnionType, Union}:  # the second where one of them is a choice of words
        for kind in arguments:
            with suppress(ValueError, TypeError):
                return read_as(kind, value)
    if origin is tuple and isinstance(value, list):
        return tuple(read_as(arguments[0], one) for one in value)
    if origin in {dict, Mapping} and isinstance(value, dict):
        return {name: read_as(arguments[1], found) for name, found in value.items()}
    if origin is Literal and isinstance(value, str) and value in arguments:
        return value
    raise ValueError(f"{value!r} is not of its type")


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
