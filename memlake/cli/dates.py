"""Dates as people type them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from memlake.times import iso_period

HOW_TO_WRITE_A_DATE = "write it like 2025-09-30, 'last tuesday' or '3 days ago'"

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AGO = re.compile(r"(?P<count>\d{1,5}|an?) (?P<unit>day|week|month|year)s? ago")
_MONTHS_A_YEAR = 12
_EARLIEST_YEAR = 2000
_LAST = re.compile(r"last (?P<unit>day|week|month|year)")


def parse_date(words: str, *, now: datetime) -> datetime | None:
    """Return the UTC time that words mean, `None` if they mean none; a date is its midnight, a month its first day."""
    period = parse_period(words, now=now)
    return period and period[0]


def parse_period(words: str, *, now: datetime) -> tuple[datetime, datetime] | None:
    """Return the first and the last moment in UTC of what words mean, `None` if they mean none.

    Takes ISO dates, months and times (UTC where they name no zone), `today`, `yesterday`, `last tuesday` (the newest
    one before today), `last month` (this day of it) and `3 weeks ago`.
    """
    words = " ".join(words.lower().split())
    day = _spoken_day(words, today=now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0))
    return iso_period(f"{day:%Y-%m-%d}" if day else words)


def _spoken_day(words: str, *, today: datetime) -> datetime | None:
    weekday = words.removeprefix("last ")
    if words in ("today", "yesterday"):
        return today if words == "today" else today - timedelta(days=1)
    if weekday in _WEEKDAYS:
        days = (today.weekday() - _WEEKDAYS.index(weekday)) % 7 or 7
        return today - timedelta(days=days)
    if ago := _AGO.fullmatch(words):
        return _before(today, int(ago["count"]) if ago["count"].isdigit() else 1, ago["unit"])
    if last := _LAST.fullmatch(words):
        return _before(today, 1, last["unit"])
    return None


def _before(today: datetime, count: int, unit: str) -> datetime | None:
    """Return the day some units before today; a month's end stays a month's end."""
    if unit in ("day", "week"):
        return today - timedelta(days=count * (7 if unit == "week" else 1))
    months = today.year * _MONTHS_A_YEAR + today.month - 1 - count * (_MONTHS_A_YEAR if unit == "year" else 1)
    year, month = divmod(months, _MONTHS_A_YEAR)
    if year < _EARLIEST_YEAR:
        return None
    first = today.replace(year=year, month=month + 1, day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first.replace(day=min(today.day, (following - timedelta(days=1)).day))
