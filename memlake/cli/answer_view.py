"""Answers whose columns are not known before they are asked for: of free SQL and of queries with a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import chain, islice

from rich.cells import cell_len
from rich.console import RenderableType

from memlake.cli.formats import spelled, streamed
from memlake.cli.render import (
    Cell,
    Column,
    counted,
    cut_to,
    emit,
    facts,
    page_width,
    paragraph,
    print_paged,
    section,
    table,
)
from memlake.text import inert_line

_MOST_ROWS = 1_000
_MOST_CHARACTERS = 400
_NARROWEST = 14
_GAP = 2

Row = Sequence[object]


def write_answer(columns: Sequence[str], batches: Iterable[Sequence[Row]], format_name: str) -> None:
    """Write an answer: for people as a page, for programs as its rows come in, for as long as somebody reads."""
    if format_name == "table":
        print_paged(*answer_view(columns, chain.from_iterable(batches)))
        return
    for data in streamed(format_name, columns, batches):
        if not emit(data):
            return


def answer_view(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[RenderableType]:
    """Show rows as a table, or one block each where the page is too narrow for it."""
    columns = [inert_line(name) for name in columns]
    taken = iter(rows)
    shown = [tuple(map(_cell, row)) for row in islice(taken, _MOST_ROWS)]
    widths = [
        max(map(_width, (title, *column))) for title, column in zip(columns, _columns(columns, shown), strict=True)
    ]
    if sum(min(width, _NARROWEST) + _GAP for width in widths) - _GAP <= page_width():
        yield table(_table_columns(columns, shown, widths), shown)
    else:
        for number, row in enumerate(shown, start=1):
            yield section(f"row {number:,}", facts(zip(columns, row, strict=True)))
    more = next(taken, None) is not None
    amount = counted(len(shown), "row")
    yield paragraph(f"the first {amount}; --format csv, json or jsonl write all of them" if more else amount)


def _table_columns(columns: Sequence[str], rows: Sequence[Row], widths: Sequence[int]) -> list[Column]:
    """Return how each column looks; where not all fit as they are, the wide ones share the room."""
    is_tight = sum(width + _GAP for width in widths) - _GAP > page_width()
    found = []
    for title, values, width in zip(columns, _columns(columns, rows), widths, strict=True):
        if any(isinstance(value, int) and not isinstance(value, bool) for value in values):
            found.append(Column(title=title, kind="number"))
        else:
            found.append(Column(title=title, kind="text" if is_tight and width > _NARROWEST else "word"))
    return found


def _columns(columns: Sequence[str], rows: Sequence[Row]) -> list[tuple[object, ...]]:
    return list(zip(*rows, strict=True)) if rows else [() for _ in columns]


def _cell(value: object) -> Cell:
    """Return a value as people read it, on one line; a long one is cut."""
    match value:
        case None | bool() | int() | datetime():
            return value
        case float() | Decimal():
            return f"{value:,.6g}"
        case str():
            return cut_to(value, _MOST_CHARACTERS)
        case _:
            return cut_to(spelled(value), _MOST_CHARACTERS)


def _width(value: object) -> int:
    return cell_len(value if isinstance(value, str) else str(value))
