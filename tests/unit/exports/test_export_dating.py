"""Dates in names of ZIPs and folders."""

from __future__ import annotations

import pytest

from memlake.exports.dating import date_in_name, date_in_names
from memlake.times import time_us

HEX_64 = "20260105" * 8


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2026-01-05", "2026-01-05"),
        ("chatgpt-2026-01-05.zip", "2026-01-05"),
        ("20260105.zip", "2026-01-05"),
        ("export_20260105_123000 (1).zip", "2026-01-05T12:30:00"),
        (f"{HEX_64}-2026-01-06-12-30-59.zip", "2026-01-06T12:30:59"),
        (f"{HEX_64}-2026-01-06-12-30-59-20250101abcd.zip", "2026-01-06T12:30:59"),
        ("data-2026-03-04-05-06-07-batch-0000.zip", "2026-03-04T05:06:07"),
        ("data-20250101-2024-4aaa-8aaa-123456789012-1767616200-abcdef-batch-0000.zip", "2026-01-05T12:30:00"),
        ("data-20250101-2024-4aaa-8aaa-123456789012-1767616200000-abcdef-batch-0000.zip", "2026-01-05T12:30:00"),
        ("2026-02-30 or 2026-02-28.zip", "2026-02-28"),
        ("2026-01-05T10:20:30Z", "2026-01-05T10:20:30"),
    ],
)
def test_full_date_in_a_name_is_found(name: str, date: str) -> None:
    """With its time where there is one; UTC."""
    assert date_in_name(name) == time_us(date)


@pytest.mark.parametrize(
    "name",
    [
        "export.zip",
        "2026-01.zip",
        "2026-13-01.zip",
        "2026-02-30.zip",
        "2026-01-05-25-00-00.zip",
        HEX_64,
        "ab20260105.zip",
        "20260105ff.zip",
        "120260105.zip",
        "20260105-1234-4abc-8abc-123456789012.zip",
        "conversations-1767616200-x.zip",
        "data-20250101-2024-4aaa-8aaa-123456789012-9999999999-abcdef.zip",
    ],
)
def test_digits_that_are_no_date_are_none(name: str) -> None:
    """Impossible dates and the digits of ids."""
    assert date_in_name(name) is None


def test_first_name_with_a_date_decides() -> None:
    """Names come in the order of their weight."""
    assert date_in_names(["a", "2026-01-05", "2026-01-06"]) == time_us("2026-01-05")
    assert date_in_names(["a"]) is None
