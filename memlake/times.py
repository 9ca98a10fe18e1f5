"""Times as exports write them, turned into microseconds since 1970 in UTC, or into nothing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

EARLIEST_S = 946_684_800  # 2000-01-01
EARLIEST_US = EARLIEST_S * 1_000_000
LATEST_US = 4_102_444_800_000_000  # 2100-01-01
_MILLISECONDS_FROM = 100_000_000_000  # as seconds this is the year 5138, as milliseconds 1973
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_MONTH = re.compile(r"\d{4}-\d{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST_MONTH = timedelta(days=31)
_MOMENT = timedelta(microseconds=1)


def time_us(value: object) -> int | None:
    """Return the time that a JSON value means, in microseconds; `None` if it is none.

    Takes epoch seconds, milliseconds (also as strings) and ISO 8601; a time without a zone is UTC, a date
    without time is its midnight. Zero, NaN and years outside 2000 to 2099 are no times.
    """
    if type(value) is float or type(value) is int:
        if EARLIEST_S <= value < _MILLISECONDS_FROM:  # nearly every time of an export; the check refuses NaN
            time_in_us = round(value * 1_000_000)
            return time_in_us if time_in_us < LATEST_US else None
        return _epoch_us(value)
    if isinstance(value, str):
        if _NUMBER.fullmatch(value):
            return _epoch_us(float(value))
        return _iso_us(value)
    return None


def to_datetime(time_in_us: int) -> datetime:
    """Return an aware UTC datetime."""
    return _EPOCH + timedelta(microseconds=time_in_us)


def to_us(moment: datetime | date) -> int:
    """Return microseconds since 1970; a datetime without a zone is UTC, a date is its midnight."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // timedelta(microseconds=1)


def iso_period(words: str) -> tuple[datetime, datetime] | None:
    """Return the first and the last moment of what somebody names in ISO 8601, in UTC; `None` if it names nothing.

    A month and a day last until their end, a time is both. A bare number, which exports use for times, is none.
    """
    words = words.strip().upper()
    if "-" not in words or _NUMBER.fullmatch(words):
        return None
    first_us = time_us(f"{words}-01" if _MONTH.fullmatch(words) else words)
    if first_us is None:
        return None
    first = to_datetime(first_us)
    if _MONTH.fullmatch(words):
        return first, (first + _LONGEST_MONTH).replace(day=1) - _MOMENT
    return first, first + timedelta(days=1) - _MOMENT if _DAY.fullmatch(words) else first


def _epoch_us(value: float) -> int | None:
    if not 0 < value < LATEST_US:  # also false for NaN
        return None
    time_in_us = round(value * (1_000 if value >= _MILLISECONDS_FROM else 1_000_000))
    return time_in_us if EARLIEST_US <= time_in_us < LATEST_US else None


def _iso_us(value: str) -> int | None:
    try:
        time_in_us = to_us(datetime.fromisoformat(value.strip()))
    except (ValueError, OverflowError):
        return None
    return time_in_us if EARLIEST_US <= time_in_us < LATEST_US else None
