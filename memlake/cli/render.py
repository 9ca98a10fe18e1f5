"""The one way to standard output: pages of text and tables for people, bytes for programs.

Everything that comes from an export passes `cell` or `inert_*` on its way: nothing in it steers a terminal.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

import click
from rich.cells import cell_len, set_cell_size
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from memlake.errors import MemlakeError
from memlake.text import inert_line, inert_text

_WIDTH_OF_A_PIPE = 100
_WIDEST = 200
GAP = 2
"""How many columns of the terminal stand between two of a table."""
LEAST_TEXT = 24
"""How many columns a text must have to be read easily."""
NOTHING = "\N{EN DASH}"
_STATED = {"stated_month": "%Y-%m", "stated_year": "%Y"}
_THOUSAND = 1000
_SHORTEST_ID = 8
_LONG_NUMBER = re.compile(
    r"^([0-9a-f]{4})[0-9a-f]{12,}|-[0-9a-f]{16,}|\b([0-9a-f]{8})-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"
)
_NO_BREAKS = str.maketrans("\n\t", "  ")

Cell = str | int | bool | datetime | Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How a column of a table looks.

    A word and a number are never broken, a phrase between its words; text keeps its line breaks and takes the room
    that is left. A name may be long: see `memlake.cli.named_table`.
    """

    title: str
    kind: Literal["word", "number", "phrase", "text", "name"] = "word"

    @property
    def is_fixed(self) -> bool:
        """Tell whether it is as wide as its widest value, whatever the terminal."""
        return self.kind not in ("phrase", "text")


def emit(data: bytes) -> bool:
    """Write data for programs to standard output: to the byte, but inert on a terminal.

    Returns whether somebody still reads; where nobody does, falls silent. Raises `MemlakeError` if it cannot be
    written, as on a full disk.
    """
    return _write(inert_text(data.decode()).encode() if sys.stdout.isatty() else data)


def _write(data: bytes) -> bool:
    try:
        click.echo(data, nl=False)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # takes what Python still has to flush
        if not isinstance(error, BrokenPipeError):
            raise MemlakeError(f"the output cannot be written: {error.strerror}") from error
        return False
    return True


def print_page(*blocks: RenderableType) -> None:
    """Write blocks of a page, an empty line between them, as wide as the terminal."""
    _write(_page(blocks).encode(sys.stdout.encoding, errors="backslashreplace"))


def print_paged(*blocks: RenderableType) -> None:
    """Write blocks as `print_page` does; what is longer than the terminal is shown by the person's pager."""
    page = _page(blocks)
    if sys.stdout.isatty() and page.count("\n") >= shutil.get_terminal_size().lines:
        os.environ.setdefault("LESS", "FRX")  # colours as they are; what fits is not held
        click.echo_via_pager(page)
    else:
        _write(page.encode(sys.stdout.encoding, errors="backslashreplace"))


def _page(blocks: Sequence[RenderableType]) -> str:
    page = io.StringIO()
    console = _console(page)
    for number, block in enumerate(blocks):
        if number:
            console.print()
        console.print(block, crop=False)
    return "\n".join(line.rstrip() for line in page.getvalue().split("\n"))


def page_width() -> int:
    """Return how many columns a page has."""
    width = shutil.get_terminal_size((0, 0)).columns or min(_WIDTH_OF_A_PIPE, _width_behind_a_pipe())
    return min(width, _WIDEST)


def _width_behind_a_pipe() -> int:
    """Return how wide the terminal is in which the program runs, if one shows its errors or takes its input."""
    for stream in (sys.__stderr__, sys.__stdin__):
        try:
            return os.get_terminal_size(stream.fileno() if stream else -1).columns
        except (OSError, ValueError):  # it is no terminal, or closed
            continue
    return _WIDTH_OF_A_PIPE


def has_colours() -> bool:
    """Tell whether a page can mark words by colour; where it cannot, signs must do."""
    console = _console(io.StringIO())
    return console.color_system is not None and not console.no_color


def drawable(signs: str, instead: str) -> str:
    """Return signs where standard output can show them, else plain ones."""
    try:
        signs.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return instead
    return signs


def cut_to(text: str, width: int) -> str:
    """Return the beginning of a text on one line that is not wider, with a sign where something is cut off."""
    line = inert_line(text)
    if cell_len(line) <= width:
        return line
    ending = drawable("…", "...")
    return set_cell_size(line, max(0, width - len(ending))).rstrip() + ending


def elided(name: str, width: int) -> str:
    """Return a name on one line that is not wider; a longer one loses its middle, for the end tells most."""
    line = inert_line(name)
    if cell_len(line) <= width:
        return line
    sign = drawable("…", "...")
    half = max(0, width - len(sign)) // 2
    tail = next(line[start:] for start in range(len(line) + 1) if cell_len(line[start:]) <= half)
    return set_cell_size(line, max(0, width - len(sign) - cell_len(tail))).rstrip() + sign + tail


def table(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, has_titles: bool = True) -> Table:
    """Return a table as wide as it must be."""
    grid = Table(
        box=None,
        pad_edge=False,
        padding=(0, GAP, 0, 0),
        header_style="bold",
        collapse_padding=True,
        show_header=has_titles,
    )
    for column in columns:
        grid.add_column(
            Text(column.title),
            justify="right" if column.kind == "number" else "left",
            overflow="fold",
            no_wrap=column.is_fixed,
            ratio=1 if column.kind == "text" else None,
        )
    for row in rows:
        cells = zip(columns, row, strict=True)
        grid.add_row(*(cell(value, keep_lines=column.kind == "text") for column, value in cells))
    return grid


def facts(pairs: Iterable[tuple[str, Cell]]) -> Table:
    """Return names and values, one pair a line; pairs without a value are left out."""
    grid = Table.grid(padding=(0, GAP, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in pairs:
        if value is not None and value != "":
            grid.add_row(Text(name), cell(value))
    return grid


def headline(text: str) -> Text:
    """Return a line that begins a block."""
    return Text(inert_line(text), style="bold")


def section(title: str, *blocks: RenderableType) -> Group:
    """Return blocks, indented below their title."""
    return Group(headline(title), *(indented(block) for block in blocks))


def indented(block: RenderableType) -> Padding:
    """Return a block moved to the right."""
    return Padding(block, (0, 0, 0, GAP))


def one_line(*parts: str | Text) -> Text:
    """Return parts on a line of their own, however long; spaces stay as they are."""
    texts = (part if isinstance(part, Text) else Text(inert_text(part).translate(_NO_BREAKS)) for part in parts)
    return Text.assemble(*texts, no_wrap=True, overflow="ignore")


def paragraph(text: str) -> Text:
    """Return a text of any origin with its line breaks."""
    return Text(inert_text(text), overflow="fold")


def with_remark(text: Text, remark: str | None) -> Text:
    """Return a text with a remark below it."""
    return text.append("\n").append(inert_text(remark), style="dim") if remark else text


def typed(command: str) -> Text:
    """Return a command on a line of its own, however long: it can be copied as it stands."""
    return one_line("  ", inert_line(command))


def next_steps(steps: Sequence[tuple[str, str]]) -> RenderableType:
    """Return commands and what each is good for, that below the command where there is no room beside it."""
    widest = max(cell_len(command) for command, _ in steps)
    if widest + 2 * GAP + LEAST_TEXT <= page_width():
        return section("next", facts(steps))
    return Group(headline("next"), *(Group(typed(command), one_line("    ", why)) for command, why in steps))


def cell(value: Cell, *, keep_lines: bool = False) -> Text:
    """Return a value as people read it, inert."""
    match value:
        case Text():
            return value
        case None:
            return Text(NOTHING, style="dim")
        case bool():
            return Text("yes" if value else "no")
        case int():
            return Text(f"{value:,}")
        case datetime():
            return Text(people_time(value))
        case str():
            return Text(inert_text(value) if keep_lines else inert_line(value), overflow="fold")


def people_time(moment: datetime) -> str:
    """Return a time as `people_clock_time` does; midnight in UTC is a date."""
    return f"{moment:%Y-%m-%d}" if moment.time() == time() else people_clock_time(moment)


def people_clock_time(moment: datetime) -> str:
    """Return a time to the minute, as clocks show it here, with the zone."""
    if moment.tzinfo is None:
        return f"{moment:%Y-%m-%d %H:%M}"
    try:
        local = moment.astimezone()
    except (OverflowError, OSError, ValueError):  # beyond the years that the system's clock can tell
        local = moment
    zone = local.tzname() or ""
    return f"{local:%Y-%m-%d %H:%M} {zone if zone and ' ' not in zone else f'{local:%z}'}"


def people_date(moment: datetime | None) -> str | None:
    """Return the UTC date of a time."""
    return None if moment is None else f"{moment:%Y-%m-%d}"


def people_creation(moment: datetime | None, basis: str | None, *, with_time: bool = False) -> str | None:
    """Return the UTC date or time of a creation, no finer than it was stated: a month or a year may be all."""
    if moment is None:
        return None
    if basis in _STATED:
        return f"{moment:{_STATED[basis]}}"
    return people_time(moment) if with_time else people_date(moment)


def people_bytes(size_bytes: int) -> str:
    """Return a size like `12.6 MB`."""
    size = float(size_bytes)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < _THOUSAND:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= _THOUSAND
    return f"{size:.1f} TB"


def counted(count: int, noun: str) -> str:
    """Return a number with its noun: `1 file`, `2 files`, `3 memories`."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def telling_length(ids: Sequence[str]) -> int:
    """Return how many of their first characters tell ids apart; commands take the beginning of an id."""
    longest = max(map(len, ids), default=0)
    lengths = range(_SHORTEST_ID, longest)
    return next((length for length in lengths if len({one[:length] for one in ids}) == len(set(ids))), longest)


def short_name(file_name: str) -> str:
    """Return a file name with long numbers cut short, such as ids and those around the date in a ZIP's name."""
    return _LONG_NUMBER.sub(rf"\1\2{drawable('…', '...')}", file_name)


def shortened(names: Sequence[str], *, most: int) -> str:
    """Return names in a line; of many only the first, and how many there are more."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more (--json)" if len(names) > most else shown


def _console(page: io.StringIO) -> Console:
    """Return what lays out pages: colours as the terminal takes them, texts as they stand."""
    return Console(
        file=page,
        force_terminal=sys.stdout.isatty() or None,
        width=page_width(),
        markup=False,
        highlight=False,
        emoji=False,
    )
