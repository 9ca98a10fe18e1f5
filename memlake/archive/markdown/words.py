"""Counts, times and sizes as pages say them; times in UTC, because an archive is the same on every machine."""

from __future__ import annotations

from datetime import datetime

_UNITS = ("bytes", "kB", "MB", "GB", "TB")
_STEP = 1_000
_PLURALS = {"memory": "memories"}


def counted(count: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless it is one."""
    return f"{count:,} {noun if count == 1 else _PLURALS.get(noun, f'{noun}s')}"


def minute(moment: datetime | None) -> str | None:
    """Return a time to the minute."""
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else None


def day(moment: datetime | None) -> str | None:
    """Return the day of a time."""
    return f"{moment:%Y-%m-%d}" if moment else None


def size_words(size_bytes: int | None) -> str | None:
    """Return a size in the unit that makes it short."""
    if size_bytes is None:
        return None
    size, unit = float(size_bytes), 0
    while size >= _STEP and unit < len(_UNITS) - 1:
        size, unit = size / _STEP, unit + 1
    return f"{size:.0f} {_UNITS[unit]}"
