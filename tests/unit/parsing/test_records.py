"""Bytes to an object, an object to an answer."""

from __future__ import annotations

import pytest

from memlake.jsontext import JsonBytes
from memlake.model import Parsed, Reject, UserRow
from memlake.parsing.records import parsed, read_object
from memlake.parsing.values import JsonObject


def read_user(record: JsonObject) -> Parsed:
    """Read a record as a provider does."""
    return parsed("user", record, [UserRow(user_id=str(record["id"]), email=None)])


def test_object_is_read_and_its_keys_are_noted() -> None:
    """The rows stand under their kind."""
    expected = Parsed(rows={UserRow: [UserRow("u", None)]}, shapes=frozenset({("user", ("id", "x"))}))

    assert read_object(JsonBytes(b'{"id": "u", "x": 1}'), read_user) == expected


@pytest.mark.parametrize(("data", "reason"), [(b"[]", "not an object"), (b"{", "not valid JSON")])
def test_what_is_no_object_is_rejected(data: bytes, reason: str) -> None:
    """The reader is not asked."""
    outcome = read_object(JsonBytes(data), read_user)

    assert isinstance(outcome, Reject)
    assert outcome.reason.startswith(reason)
