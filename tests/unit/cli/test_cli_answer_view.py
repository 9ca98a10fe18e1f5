"""Answers of free SQL as people read them."""

from __future__ import annotations

from pathlib import Path

from support.commandline import memlake_here
from support.lakes import open_lake

from memlake.lake.freesql import free_answer


def page(lake: Path, sql: str) -> list[str]:
    """Return the lines of an answer."""
    return memlake_here("sql", sql, cwd=lake.parent).stdout.splitlines()


def test_numbers_stand_plain(sample_lake: Path) -> None:
    """They may be years, epochs or ids: no separators, all digits, and at the right of their column."""
    sql = (
        "select 2025 as year, 1767475574 as epoch, 1767475574.25::double as exact, 1234.50::decimal(9, 2) as price, "
        "0.1::double + 0.2::double as sum, true as yes union all select 1, 2, 3, 4, 5, null order by year desc"
    )

    lines = page(sample_lake, sql)

    assert lines[1].split() == ["2025", "1767475574", "1767475574.25", "1234.50", "0.3", "yes"]
    assert lines[2].startswith("   1           2              3     4.00    5  ")


def test_the_times_of_a_column_are_shown_in_one_way(sample_lake: Path) -> None:
    """As dates only where each is midnight in UTC."""
    lines = page(
        sample_lake,
        "from (values (timestamptz '2025-01-02 00:00+00', timestamptz '2025-01-02 00:00+00'), "
        "(timestamptz '2025-01-03 13:05+00', timestamptz '2025-01-03 00:00+00')) as t(a, b)",
    )

    assert [line.split("  ") for line in lines[1:3]] == [
        ["2025-01-02 00:00 UTC", "2025-01-02"],
        ["2025-01-03 13:05 UTC", "2025-01-03"],
    ]


def test_a_plan_is_shown_as_it_is_drawn(sample_lake: Path) -> None:
    """Its boxes keep their lines, also where they are wider than the page."""
    sql = "explain select * from memory_audit join memories using (account_key)"
    with open_lake(sample_lake) as database, free_answer(database, sql) as answer:
        plan = "\n".join(drawn for batch in answer.batches for _, drawn in batch)

    lines = page(sample_lake, sql)

    assert lines == [line.rstrip() for line in plan.rstrip().split("\n")]
    assert max(map(len, lines)) > 100
