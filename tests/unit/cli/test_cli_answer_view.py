"""Answers of free SQL as people read them."""

from __future__ import annotations

import os
import struct
import subprocess
from pathlib import Path

import pytest
from support.commandline import command, environment, memlake_here
from support.lakes import ask, open_lake

from memlake.lake.freesql import free_answer


def page(lake: Path, sql: str, *, columns: int = 100) -> list[str]:
    """Return the lines of an answer."""
    return memlake_here("sql", sql, cwd=lake.parent, columns=columns).stdout.splitlines()


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


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 200])
def test_no_id_is_broken(sample_lake: Path, columns: int) -> None:
    """Texts share what room the ids leave; where that is too little each row is a block."""
    sql = "select account_key, memory_id, content, created_at from memories"
    ids = ask(sample_lake, "select account_key, memory_id from memories")

    lines = page(sample_lake, sql, columns=columns)

    assert max(map(len, lines)) <= columns
    assert set(" ".join(lines).split()) >= {word for row in ids for word in row}
    assert lines[0].startswith("account_key  ") is (columns > 60)


@pytest.mark.parametrize(("columns", "width"), [(50, 50), (160, 100)])
def test_a_page_in_a_pipe_is_no_wider_than_the_terminal(sample_lake: Path, columns: int, width: int) -> None:
    """That in which the errors are read; and no wider than a hundred columns, for it may be kept in a file."""
    fcntl = pytest.importorskip("fcntl", reason="this system has no terminals as Unix has")
    termios = pytest.importorskip("termios", reason="this system has no terminals as Unix has")
    reader, terminal = os.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    done = subprocess.run(
        command("sql", "select repeat('word ', 80) as words"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=terminal,
        cwd=sample_lake.parent,
        env=environment(),
        check=True,
    )
    os.close(reader)
    os.close(terminal)

    assert width - len("word ") < max(map(len, done.stdout.decode().splitlines())) <= width
