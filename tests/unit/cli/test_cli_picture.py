"""The picture of the whole list over time, in every width."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from rich.cells import cell_len

from memlake.cli.invocation import DEFAULT_LAKE, Invocation
from memlake.cli.picture import picture_view
from memlake.cli.render import print_page
from memlake.history.exports import ExportPoint
from memlake.history.timeline import Glimpse, Sight, Timeline, TimelineRow

INVOCATION = Invocation(program="memlake", lake=DEFAULT_LAKE)
FIRST_DAY = datetime(2023, 11, 20, tzinfo=UTC)
MONTH = timedelta(days=31)


def point(number: int, *, exported_at: datetime | None = None, why_not_whole: str | None = None) -> ExportPoint:
    """Return an export, the number-th of a month each unless it has a date of its own."""
    return ExportPoint(
        export_id=f"{number:016x}",
        account_key="chatgpt:a",
        exported_at=exported_at or FIRST_DAY + number * MONTH,
        exported_at_basis="name",
        file_name=f"export-{number}",
        memory_coverage="absent" if why_not_whole else "complete",
        is_whole=why_not_whole is None,
        why_not_whole=why_not_whole,
        memory_count=None if why_not_whole else 1,
        conversation_coverage="complete",
        same_time_export_id=None,
    )


def row(sights: Sequence[Sight], *, content: str = "Likes tea.", edited: int | None = None) -> TimelineRow:
    """Return a memory that exports showed so, one after the other; `edited` is the place of an edit."""
    glimpses = tuple(
        Glimpse(
            account_key="chatgpt:a",
            memory_id="mem_0123456789",
            export_id=f"{number:016x}",
            sight=sight,
            is_edited=number == edited,
        )
        for number, sight in enumerate(sights)
    )
    return TimelineRow(memory_id="mem_0123456789", content=content, state="active", created_at=None, glimpses=glimpses)


@pytest.fixture
def lines(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Lines:
    """Return a function that gives the lines of a picture in some width."""
    return Lines(capfd, monkeypatch)


class Lines:
    """Draws pictures and reads them back."""

    def __init__(self, capture: pytest.CaptureFixture[str], changed: pytest.MonkeyPatch) -> None:
        self._capture = capture
        self._changed = changed

    def __call__(self, exports: Sequence[ExportPoint], memories: Sequence[TimelineRow], width: int) -> list[str]:
        """Return the lines of one account's picture."""
        self._changed.setenv("COLUMNS", str(width))
        timeline = Timeline(account_key="chatgpt:a", exports=tuple(exports), memories=tuple(memories))
        print_page(*picture_view([timeline], INVOCATION))
        return self._capture.readouterr().out.splitlines()


def test_every_sight_has_its_sign(lines: Lines) -> None:
    """The signs that are used are explained below, those that are not are left out."""
    sights: list[Sight] = ["not_listed", "on", "on", "off", "cannot_tell", "list_empty"]
    exports = [point(number, why_not_whole="no list" if number == 4 else None) for number in range(6)]

    drawn = lines(exports, [row(sights, edited=2)], 160)

    assert drawn[1].split() == ["mem_0123", "active", "·", "●", "◆", "○", "?", "Likes", "tea."]
    assert drawn[3] == "● on   ○ off   ◆ edited   · not in the list   ? the list is empty"
    assert drawn[4] == "blank: cannot tell, no list; 2024-03-23"


def test_an_edit_of_a_memory_that_is_off_shows_both(lines: Lines) -> None:
    """It has a sign of its own."""
    assert lines([point(0), point(1)], [row(["on", "off"], edited=1)], 100)[1].split()[2:4] == ["●", "◇"]


@pytest.mark.parametrize(
    ("count", "width", "header"),
    [
        (3, 100, ["id        state   2023-11-20  2023-12-21  2024-01-21  memory"]),
        (3, 80, ["                  2023        2024", "id        state   11-20 12-21 01-21  memory"]),
        (5, 80, ["                  2023  2024", "id        state   11 12 01 02 03  memory"]),
        (9, 60, ["id        state     2024     memory"]),
    ],
)
def test_the_narrower_the_page_the_shorter_the_dates(lines: Lines, count: int, width: int, header: list[str]) -> None:
    """Whole dates, days below their year, months below their year, at last only years."""
    sights: list[Sight] = ["on"] * count

    drawn = lines([point(number) for number in range(count)], [row(sights)], width)

    assert drawn[: len(header)] == header


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_sixty_exports_fit(lines: Lines, width: int) -> None:
    """The newest that have room are drawn, one sign each; how many are left out is said."""
    on: list[Sight] = ["on"] * 30
    off: list[Sight] = ["off"] * 30

    drawn = lines([point(number) for number in range(60)], [row(on + off, content="日本語のことば " * 9)], width)

    picture = next(line for line in drawn if line.startswith("mem_0123"))
    shown_count = picture.count("●") + picture.count("○")
    left_out = " ".join(line for line in drawn if "left out" in line)
    assert max(map(cell_len, drawn)) <= width
    assert "●" not in picture or picture.count("○") == 30
    assert left_out.startswith(f"{60 - shown_count} older exports") == (shown_count < 60)


def test_an_export_without_a_date_stands_first(lines: Lines) -> None:
    """It shows what it shows, and its column says that nothing tells when it was made."""
    undated = ExportPoint(
        **{name: getattr(point(0), name) for name in ExportPoint.__slots__}
        | {"exported_at": None, "is_whole": False, "why_not_whole": "no date"}
    )

    wide = lines([undated, point(1)], [row(["on", "on"])], 120)
    narrow = lines([undated, point(1), point(2)], [row(["on", "on", "on"])], 80)

    assert wide[0].split() == ["id", "state", "undated", "2023-12-21", "memory"]
    assert narrow[1].split() == ["id", "state", "?", "12-21", "01-21", "memory"]


def test_long_texts_are_cut_to_one_line(lines: Lines) -> None:
    """A row is a memory, whatever it says."""
    drawn = lines([point(0)], [row(["on"], content="word\n" * 50)], 80)

    assert drawn[1].endswith("…")
    assert len(drawn[1]) <= 80


def test_no_memories_lead_to_the_status(lines: Lines) -> None:
    """The next question is why."""
    assert lines([point(0)], [], 80) == [
        "no memories",
        "",
        "what this lake can answer, and why not more:",
        "  memlake status",
    ]
