"""What every reader of records has in common: bytes to an object, an object and its rows to an answer."""

from __future__ import annotations

from collections.abc import Callable

from memlake.jsontext import InvalidJsonError, JsonBytes
from memlake.model import Ignored, Parsed, Reject, Row
from memlake.parsing.values import JsonObject, is_object

Reader = Callable[[JsonObject], Parsed | Ignored | Reject]


def read_object(record: JsonBytes, reader: Reader) -> Parsed | Ignored | Reject:
    """Read a record that has to be a JSON object, or say what else it is."""
    try:
        value = record.value()
    except InvalidJsonError as error:
        return Reject(str(error))
    return reader(value) if is_object(value) else Reject("not an object")


def parsed(place: str, record: JsonObject, rows: list[Row]) -> Parsed:
    """Return what a flat record says: rows of one kind, at least one, and the keys that it has."""
    return Parsed(rows={type(rows[0]): rows}, shapes=frozenset({(place, tuple(record))}))
