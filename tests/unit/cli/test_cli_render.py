"""Pages of text and tables."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from rich.cells import cell_len

from memlake.cli.render import (
    Column,
    counted,
    facts,
    indented,
    paragraph,
    people_bytes,
    people_time,
    print_page,
    shortened,
    table,
)

COLUMNS = [Column(title="id"), Column(title="count", kind="number"), Column(title="memory", kind="text")]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_table_fits_the_terminal(
    width: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Long texts and wide letters are wrapped in their column; nothing is cut off."""
    monkeypatch.setenv("COLUMNS", str(width))
    words = [f"word{number}" for number in range(60)]

    print_page(table(COLUMNS, [("a1", 12, " ".join(words)), ("b2", None, "日本語" * 30)]))

    output = capfd.readouterr().out
    assert max(map(cell_len, output.splitlines())) <= width
    assert set(words) <= set(output.split())
    assert output.count("日") == 30


def test_a_page_is_never_wider_than_people_read(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """On a very wide terminal lines end at 200 columns."""
    monkeypatch.setenv("COLUMNS", "500")

    print_page(paragraph("word " * 200))

    assert max(map(len, capfd.readouterr().out.splitlines())) <= 200


def test_line_breaks_stay_inside_the_text_column(capfd: pytest.CaptureFixture[str]) -> None:
    """A second line of a memory begins below its first, so it cannot pass for a row."""
    print_page(table(COLUMNS, [("a1", 1, "first\nb2  2  forged")]))

    assert capfd.readouterr().out.splitlines()[2].startswith("           b2")


def test_facts_without_a_value_are_left_out(capfd: pytest.CaptureFixture[str]) -> None:
    """What is unknown takes no line."""
    print_page(indented(facts([("url", None), ("title", ""), ("is archived", False)])))

    assert capfd.readouterr().out == "  is archived  no\n"


def test_markup_and_emoji_names_are_shown_as_they_stand(capfd: pytest.CaptureFixture[str]) -> None:
    """What rich would read as markup is text."""
    print_page(paragraph("[red]a[/red] :smile: [link=http://x.example]b[/link]"))

    assert capfd.readouterr().out == "[red]a[/red] :smile: [link=http://x.example]b[/link]\n"


def test_midnight_is_a_date() -> None:
    """A date without a time came as a date."""
    assert people_time(datetime(2025, 9, 30, tzinfo=UTC)) == "2025-09-30"
    assert people_time(datetime(2025, 9, 30, 14, 5, 59, tzinfo=UTC)) == "2025-09-30 14:05 UTC"
    assert people_time(datetime(2025, 9, 30, 14, 5)) == "2025-09-30 14:05"  # noqa: DTZ001 - a time without a zone
    assert people_time(datetime.max.replace(tzinfo=UTC)) == "9999-12-31 23:59 UTC"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's zone cannot be changed for a test")
def test_a_time_is_that_of_the_clocks_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """It names its zone; a date, which has none, stays what it is."""
    try:
        monkeypatch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        shown = [people_time(datetime(2025, 9, 30, hour, tzinfo=UTC)) for hour in (22, 0)]
    finally:
        monkeypatch.undo()
        time.tzset()
    assert shown == ["2025-10-01 00:00 CEST", "2025-09-30"]


@pytest.mark.parametrize(("size_bytes", "shown"), [(999, "999 bytes"), (12_595_200, "12.6 MB"), (3 * 10**12, "3.0 TB")])
def test_a_size_has_a_unit(size_bytes: int, shown: str) -> None:
    """Sizes are shown in decimal units."""
    assert people_bytes(size_bytes) == shown


def test_many_names_are_shortened() -> None:
    """Of a long list only the beginning is shown, and how long it is."""
    assert shortened(["a", "b"], most=2) == "a, b"
    assert shortened(["a", "b", "c", "d"], most=2) == "a, b and 2 more (--json)"


def test_a_noun_follows_its_number() -> None:
    """One thing is singular, none and many are plural."""
    assert [counted(1, "file"), counted(0, "memory"), counted(1200, "record")] == [
        "1 file",
        "0 memories",
        "1,200 records",
    ]
