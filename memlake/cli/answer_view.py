"""Answers whose columns are not known before they are asked for: of free SQL and of queries with a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from decimal import Decimal
from itertools import chain, islice
from typing import Literal, TypeVar

from rich.cells import cell_len
from rich.console import Group, RenderableType

from memlake.cli.formats import spelled, streamed
from memlake.cli.render import (
    GAP,
    NOTHING,
    Column,
    counted,
    cut_to,
    emit,
    facts,
    one_line,
    page_width,
    paragraph,
    people_clock_time,
    people_time,
    print_paged,
    section,
    table,
)
from memlake.text import inert_line

_MOST_ROWS = 1_000
_MOST_CHARACTERS = 400
_NARROWEST = 14
_LONGEST_WORD = 36  # an id is never broken, an address may be
_PLAN_COLUMNS = ("explain_key", "explain_value")

Row = Sequence[object]
_Value = TypeVar("_Value")


def write_answer(columns: Sequence[str], batches: Iterable[Sequence[Row]], format_name: str) -> None:
    """Write an answer: for people as a page, for programs as its rows come in, for as long as somebody reads."""
    if format_name == "table":
        rows = chain.from_iterable(batches)
        print_paged(*(_plans(rows) if tuple(columns) == _PLAN_COLUMNS else answer_view(columns, rows)))
        return
    for data in streamed(format_name, columns, batches):
        if not emit(data):
            return


def answer_view(titles: Sequence[str], rows: Iterable[Row]) -> Iterator[RenderableType]:
    """Show rows as a table, or one block each where the page is too narrow for it."""
    titles = list(map(inert_line, titles))
    taken = iter(rows)
    values = _columns(titles, list(islice(taken, _MOST_ROWS)))
    columns = [Column(title=title, kind=_kind(one)) for title, one in zip(titles, values, strict=True)]
    shown = list(zip(*map(_texts, values), strict=True))
    widths = _widths(titles, shown)
    if widths is not None:
        grid = table(columns, shown)
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        yield grid
    else:
        for number, row in enumerate(shown, start=1):
            yield section(f"row {number:,}", facts(zip(titles, row, strict=True)))
    more = next(taken, None) is not None
    amount = counted(len(shown), "row")
    yield paragraph(f"the first {amount}; --format csv, json or jsonl write all of them" if more else amount)


def _plans(rows: Iterable[Row]) -> Iterator[RenderableType]:
    """Show what `explain` answers: the plans as DuckDB draws them, however wide."""
    for _, plan in rows:
        yield Group(*(one_line(line) for line in str(plan).rstrip().split("\n")))


def _widths(titles: Sequence[str], rows: Sequence[Sequence[str | None]]) -> list[int] | None:
    """Return how wide each column is: wide ones share the room; `None` if a table would break words such as ids."""
    widest, least = [], []
    for title, column in zip(titles, _columns(titles, rows), strict=True):
        texts = [title, *(text or NOTHING for text in column)]
        widest.append(max(map(cell_len, texts)))
        longest_word = max(cell_len(word) for text in texts for word in text.split() or [""])
        least.append(min(widest[-1], max(min(longest_word, _LONGEST_WORD), _NARROWEST)))
    room = page_width() - GAP * (len(titles) - 1)
    for share in range(room, 0, -1):
        widths = [min(most, max(few, share)) for most, few in zip(widest, least, strict=True)]
        if sum(widths) <= room:
            return widths
    return None


def _columns(titles: Sequence[str], rows: Sequence[Sequence[_Value]]) -> list[tuple[_Value, ...]]:
    return list(zip(*rows, strict=True)) if rows else [() for _ in titles]


def _kind(values: Iterable[object]) -> Literal["number", "phrase"]:
    are_numbers = any(isinstance(value, int | float | Decimal) and not isinstance(value, bool) for value in values)
    return "number" if are_numbers else "phrase"


def _texts(values: Sequence[object]) -> list[str | None]:
    """Return a column as people read it: times all to the minute, or all as dates where each is one."""
    are_dates = all(value.time() == time() for value in values if isinstance(value, datetime))
    return [_text(value, are_dates=are_dates) for value in values]


def _text(value: object, *, are_dates: bool) -> str | None:
    """Return a value as people read it, on one line; a long one is cut. Numbers may be years, so they stand plain."""
    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case datetime():
            return people_time(value) if are_dates else people_clock_time(value)
        case int() | Decimal():
            return str(value)
        case float():
            return f"{value:.15g}"
        case _:
            return cut_to(spelled(value), _MOST_CHARACTERS)
