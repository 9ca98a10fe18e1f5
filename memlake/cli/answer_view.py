"""Answers whose columns are not known before they are asked for: of free SQL and of queries with a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from decimal import Decimal
from itertools import chain, islice

from rich.cells import cell_len
from rich.console import Group, RenderableType

from memlake.cli.formats import spelled, streamed
from memlake.cli.render import (
    Cell,
    Column,
    counted,
    cut_to,
    emit,
    facts,
    one_line,
    page_width,
    paragraph,
    people_clock_time,
    print_paged,
    section,
    table,
)
from memlake.text import inert_line

_MOST_ROWS = 1_000
_MOST_CHARACTERS = 400
_NARROWEST = 14
_GAP = 2
_PLAN_COLUMNS = ("explain_key", "explain_value")

Row = Sequence[object]


def write_answer(columns: Sequence[str], batches: Iterable[Sequence[Row]], format_name: str) -> None:
    """Write an answer: for people as a page, for programs as its rows come in, for as long as somebody reads."""
    if format_name == "table":
        rows = chain.from_iterable(batches)
        print_paged(*(_plans(rows) if tuple(columns) == _PLAN_COLUMNS else answer_view(columns, rows)))
        return
    for data in streamed(format_name, columns, batches):
        if not emit(data):
            return


def answer_view(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[RenderableType]:
    """Show rows as a table, or one block each where the page is too narrow for it."""
    columns = [inert_line(name) for name in columns]
    taken = iter(rows)
    told = list(islice(taken, _MOST_ROWS))
    are_numbers = [any(map(_is_number, column)) for column in _columns(columns, told)]
    shown = list(zip(*map(_cells, _columns(columns, told)), strict=True))
    widths = [
        max(map(_width, (title, *column))) for title, column in zip(columns, _columns(columns, shown), strict=True)
    ]
    if sum(min(width, _NARROWEST) + _GAP for width in widths) - _GAP <= page_width():
        yield table(_table_columns(columns, are_numbers, widths), shown)
    else:
        for number, row in enumerate(shown, start=1):
            yield section(f"row {number:,}", facts(zip(columns, row, strict=True)))
    more = next(taken, None) is not None
    amount = counted(len(shown), "row")
    yield paragraph(f"the first {amount}; --format csv, json or jsonl write all of them" if more else amount)


def _plans(rows: Iterable[Row]) -> Iterator[RenderableType]:
    """Show what `explain` answers: the plans as DuckDB draws them, however wide."""
    for _, plan in rows:
        yield Group(*(one_line(line) for line in str(plan).rstrip().split("\n")))


def _table_columns(columns: Sequence[str], are_numbers: Sequence[bool], widths: Sequence[int]) -> list[Column]:
    """Return how each column looks; where not all fit as they are, the wide ones share the room."""
    is_tight = sum(width + _GAP for width in widths) - _GAP > page_width()
    found = []
    for title, is_number, width in zip(columns, are_numbers, widths, strict=True):
        is_text = is_tight and width > _NARROWEST and not is_number
        found.append(Column(title=title, kind="number" if is_number else "text" if is_text else "word"))
    return found


def _columns(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[tuple[object, ...]]:
    return list(zip(*rows, strict=True)) if rows else [() for _ in columns]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _cells(values: Sequence[object]) -> list[Cell]:
    """Return a column as people read it: times all to the minute, or all as dates where each is one."""
    are_dates = all(value.time() == time() for value in values if isinstance(value, datetime))
    return [
        _cell(value) if are_dates or not isinstance(value, datetime) else people_clock_time(value) for value in values
    ]


def _cell(value: object) -> Cell:
    """Return a value as people read it, on one line; a long one is cut. Numbers may be years, so they stand plain."""
    match value:
        case None | bool() | datetime():
            return value
        case int() | Decimal():
            return str(value)
        case float():
            return f"{value:.15g}"
        case str():
            return cut_to(value, _MOST_CHARACTERS)
        case _:
            return cut_to(spelled(value), _MOST_CHARACTERS)


def _width(value: object) -> int:
    return cell_len(value if isinstance(value, str) else str(value))
