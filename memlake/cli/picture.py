"""The whole memory list over time as a picture: a row for each memory, a column for each export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.text import Text

from memlake.cli.invocation import Invocation
from memlake.cli.render import (
    Column,
    counted,
    cut_to,
    drawable,
    page_width,
    paragraph,
    people_date,
    section,
    shortened,
    table,
    telling_length,
    typed,
)
from memlake.history.exports import ExportPoint
from memlake.history.timeline import Glimpse, Timeline

GLIMPSE_TITLES = ("memory", "export", "shown", "edited")
_FANCY = "●○◆◇◐·? "
_PLAIN = "*oEes.? "
_MEANINGS = ("on", "off", "edited", "edited, off", "saved in a chat", "not in the list", "the list is empty")
_CANNOT_TELL = len(_MEANINGS)
_SIGN_OF = {"on": 0, "off": 1, "saved": 4, "not_listed": 5, "list_empty": 6, "cannot_tell": _CANNOT_TELL}
_EDITED = 2  # further along in the signs
_GAP = 2
_LEAST_TEXT_WIDTH = 16
_GOOD_TEXT_SHARE = 2 / 5
_YEAR_DIGITS = 4
_MOST_SILENT = 3
_UNDATED = "undated"


class _Layout(NamedTuple):
    """How wide a column is, the space after it, and which part of the date stands above it."""

    width: int
    gap: int
    date_part: slice
    has_years: bool

    def total_width(self, count: int) -> int:
        """Return the width of some columns with the space between them."""
        return count * (self.width + self.gap) - self.gap

    def joined(self, cells: Iterable[str]) -> str:
        """Return a line of cells."""
        return (" " * self.gap).join(cell.ljust(self.width) for cell in cells)


_LAYOUTS = (
    _Layout(10, 2, slice(0, 10), has_years=False),
    _Layout(5, 1, slice(5, 10), has_years=True),
    _Layout(2, 1, slice(5, 7), has_years=True),
    _Layout(1, 0, slice(0), has_years=True),
)


def picture_view(timelines: Sequence[Timeline], invocation: Invocation) -> Iterator[RenderableType]:
    """Show the list of each account over time, and what its exports cannot tell."""
    for timeline in timelines:
        blocks = list(_picture(timeline))
        yield from [section(timeline.account_key, *_apart(blocks))] if len(timelines) > 1 else blocks
    ids = [memory.memory_id for timeline in timelines for memory in timeline.memories]
    if ids:
        one = ids[-1][: telling_length(ids)]
        yield Group(paragraph("the life of one:"), typed(invocation.command("history", one)))
    else:
        yield Group(paragraph("what this lake can answer, and why not more:"), typed(invocation.command("status")))


def glimpse_row(glimpse: Glimpse) -> tuple[str, ...]:
    """Return what an export shows of a memory, in the order of `GLIMPSE_TITLES`."""
    edited = "yes" if glimpse.is_edited else "no"
    return glimpse.memory_id, glimpse.export_id, glimpse.sight.replace("_", " "), edited


def _picture(timeline: Timeline) -> Iterator[RenderableType]:
    if not timeline.memories:
        yield paragraph("no memories")
        return
    id_length = telling_length([memory.memory_id for memory in timeline.memories])
    state_width = max(len("state"), *(len(memory.state) for memory in timeline.memories))
    signs = drawable(_FANCY, _PLAIN)
    room = page_width() - id_length - state_width - 3 * _GAP
    layout, exports = _fitting(timeline.exports, room)
    left_out = len(timeline.exports) - len(exports)
    text_width = room - layout.total_width(len(exports))
    rows = [
        (
            memory.memory_id[:id_length],
            memory.state,
            _cells(memory.glimpses[left_out:], layout, signs),
            cut_to(memory.content, text_width),
        )
        for memory in timeline.memories
    ]
    header = _header(exports, layout)
    above = "\n" * header.count("\n")
    yield table([Column(title=title) for title in (f"{above}id", f"{above}state", header, f"{above}memory")], rows)
    used = [glimpse for memory in timeline.memories for glimpse in memory.glimpses[left_out:]]
    yield paragraph("\n".join(_legend(used, exports, left_out, signs)))


def _fitting(exports: Sequence[ExportPoint], room: int) -> tuple[_Layout, Sequence[ExportPoint]]:
    """Return the widest layout that leaves room for texts, else the narrowest and the newest exports that fit in it."""
    good_width = room - page_width() * _GOOD_TEXT_SHARE
    for layout in _LAYOUTS:
        if layout.total_width(len(exports)) <= good_width:
            return layout, exports
    return _LAYOUTS[-1], exports[-max(1, room - _LEAST_TEXT_WIDTH) :]


def _cells(glimpses: Sequence[Glimpse], layout: _Layout, signs: str) -> Text:
    return Text(layout.joined(signs[_sign_number(glimpse)] for glimpse in glimpses), no_wrap=True)


def _sign_number(glimpse: Glimpse) -> int:
    return _SIGN_OF[glimpse.sight] + (_EDITED if glimpse.is_edited else 0)


def _header(exports: Sequence[ExportPoint], layout: _Layout) -> str:
    """Return the dates above the columns; where there is no room for the year it stands once, on a line above."""
    dates = [people_date(export.exported_at) or _UNDATED for export in exports]
    days = layout.joined(date[layout.date_part] if date != _UNDATED else "?" for date in dates)
    return f"{_years(dates, layout)}\n{days}".rstrip() if layout.has_years else layout.joined(dates)


def _years(dates: Sequence[str], layout: _Layout) -> str:
    """Return the years above the columns in which they begin; two digits of one where there is no room for four."""
    years = ["" if date == _UNDATED else date[:4] for date in dates]
    begins = [number for number, year in enumerate(years) if number == 0 or years[number - 1] != year]
    line = ""
    for begin, end in pairwise([*begins, len(years) + _YEAR_DIGITS]):
        width = (end - begin) * (layout.width + layout.gap)
        label = next((one for one in (years[begin], years[begin][2:]) if len(one) < width), "")
        line += label.ljust(width)
    return line.rstrip()


def _legend(glimpses: Sequence[Glimpse], exports: Sequence[ExportPoint], left_out: int, signs: str) -> Iterator[str]:
    """Yield what the signs mean that are in the picture, and what is not in it."""
    numbers = sorted({_sign_number(glimpse) for glimpse in glimpses} - {_CANNOT_TELL})
    yield "   ".join(f"{signs[number]} {_MEANINGS[number]}" for number in numbers)
    silent: dict[str | None, list[str]] = {}
    for export in exports:
        if not export.is_whole:
            silent.setdefault(export.why_not_whole, []).append(people_date(export.exported_at) or export.export_id)
    for reason, dates in silent.items():
        yield f"blank: cannot tell, {reason}; {shortened(dates, most=_MOST_SILENT)}"
    if left_out:
        yield f"{counted(left_out, 'older export')} left out for want of room: a wider terminal shows more, --json all"


def _apart(blocks: Sequence[RenderableType]) -> Iterator[RenderableType]:
    """Yield blocks with an empty line between them."""
    for number, block in enumerate(blocks):
        if number:
            yield ""
        yield block
