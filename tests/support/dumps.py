"""Short ways to read a pasted list in tests."""

from __future__ import annotations

from memlake.jsontext import JsonBytes
from memlake.model import MemoryRow, Parsed, Reject, UnreadRow
from memlake.providers.dump import parse
from memlake.times import to_datetime


def rows_of(text: str | bytes) -> list[MemoryRow]:
    """Return the memories of a text, or of one element of a list, that can be read."""
    outcome = parse("memory_dump", JsonBytes(text.encode() if isinstance(text, str) else text))
    assert isinstance(outcome, Parsed), outcome
    return [row for row in outcome.rows[MemoryRow] if isinstance(row, MemoryRow)]


def texts_of(text: str | bytes) -> list[str]:
    """Return the contents of the memories of a text."""
    return [row.content for row in rows_of(text)]


def unread_of(text: str) -> list[str]:
    """Return what of a text could not be read, while the rest of it was."""
    outcome = parse("memory_dump", JsonBytes(text.encode()))
    assert isinstance(outcome, Parsed), outcome
    return [row.reason for row in outcome.rows[UnreadRow] if isinstance(row, UnreadRow)]


def reason_of(text: str | bytes) -> str:
    """Return why a text cannot be read."""
    outcome = parse("memory_dump", JsonBytes(text.encode() if isinstance(text, str) else text))
    assert isinstance(outcome, Reject), outcome
    return outcome.reason


def day_of(time_us: int | None) -> str | None:
    """Return the day of a time in ISO 8601."""
    return None if time_us is None else to_datetime(time_us).date().isoformat()
