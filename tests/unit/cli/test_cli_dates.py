"""Dates as people type them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memlake.cli.dates import parse_date, parse_period

NOW = datetime(2026, 3, 31, 14, 5, 30, tzinfo=UTC)  # a Tuesday


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2025-09-30", "2025-09-30T00:00"),
        ("2025-05", "2025-05-01T00:00"),
        ("2025-09-30T14:05", "2025-09-30T14:05"),
        ("2025-09-30 14:05", "2025-09-30T14:05"),
        ("2025-09-30T14:05:00Z", "2025-09-30T14:05"),
        ("2025-09-30T14:05+02:00", "2025-09-30T12:05"),
        ("today", "2026-03-31T00:00"),
        ("Yesterday", "2026-03-30T00:00"),
        ("last Tuesday", "2026-03-24T00:00"),
        ("last monday", "2026-03-30T00:00"),
        ("sunday", "2026-03-29T00:00"),
        ("3 days  ago", "2026-03-28T00:00"),
        ("a week ago", "2026-03-24T00:00"),
        ("2 weeks ago", "2026-03-17T00:00"),
        ("last month", "2026-02-28T00:00"),
        ("3 months ago", "2025-12-31T00:00"),
        ("1 year ago", "2025-03-31T00:00"),
    ],
)
def test_a_date_that_people_type_is_understood(words: str, date: str) -> None:
    """ISO dates and times, and words counted from today; UTC where no zone is named."""
    assert parse_date(words, now=NOW) == datetime.fromisoformat(date).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "words", ["", "someday", "last", "2025", "1759190400", "2025-13-01", "2025-02-30", "99999 years ago", "0001-01-01"]
)
def test_other_words_are_no_date(words: str) -> None:
    """What is no date, or not of this age, is not guessed."""
    assert parse_date(words, now=NOW) is None


@pytest.mark.parametrize(
    ("words", "last_moment"),
    [
        ("2025-09-30", "2025-09-30T23:59:59.999999"),
        ("2024-02", "2024-02-29T23:59:59.999999"),
        ("2025-12", "2025-12-31T23:59:59.999999"),
        ("2025-09-30T14:05", "2025-09-30T14:05"),
        ("2025-09-30T00:00", "2025-09-30T00:00"),
        ("last tuesday", "2026-03-24T23:59:59.999999"),
    ],
)
def test_a_day_and_a_month_last_until_their_end(words: str, last_moment: str) -> None:
    """A time is a moment, also midnight."""
    period = parse_period(words, now=NOW)

    assert period is not None
    assert period[1] == datetime.fromisoformat(last_moment).replace(tzinfo=UTC)


@given(st.one_of(st.text(), st.from_regex(r"\A\d{1,5} (day|week|month|year)s? ago\Z")))
def test_no_words_break_the_parser(words: str) -> None:
    """Any words give a time in UTC or none."""
    moment = parse_date(words, now=NOW)

    assert moment is None or moment.utcoffset() == NOW.utcoffset()
