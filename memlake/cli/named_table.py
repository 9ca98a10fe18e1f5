"""Tables of things whose names may be longer than the terminal is wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from memlake.cli.render import GAP, LEAST_TEXT, Cell, Column, cell, elided, indented, table


def named_table(
    columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, has_titles: bool = True
) -> RenderableType:
    """Return a table with one column of names.

    Where they leave too little room for the rest of a row, each stands on a line of its own: above the rest if that
    column is the first, else below it. A name that is still too long loses its middle.
    """
    place = next(place for place, column in enumerate(columns) if column.kind == "name")
    texts = [[cell(value) for value in row] for row in rows]
    return _NamedTable(columns=columns, rows=texts, place=place, has_titles=has_titles)


@dataclass(frozen=True, slots=True, kw_only=True)
class _NamedTable:
    """A table that is laid out when the room for it is known."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Text]]
    place: int
    has_titles: bool

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        everywhere = range(len(self.columns))
        if self._least_width(everywhere) <= options.max_width:
            yield table(self.columns, self.rows, has_titles=self.has_titles)
            return
        rest = [place for place in everywhere if place != self.place]
        spare = max(0, options.max_width - GAP - self._least_width(rest))
        if self.has_titles:
            yield from self._stacked(Text(self.columns[self.place].title, style="bold"), self._grid(rest, None, spare))
        for row in self.rows:
            name = elided(row[self.place].plain, options.max_width - GAP)
            yield from self._stacked(Text(name), self._grid(rest, row, spare))

    def _stacked(self, name: Text, rest: RenderableType) -> Iterator[RenderableType]:
        yield from (name, indented(rest)) if self.place == 0 else (rest, indented(name))

    def _least_width(self, places: Sequence[int]) -> int:
        """Return how wide the terminal must be for some columns."""
        return sum(self._widths(place)[0] for place in places) + GAP * (len(places) - 1)

    def _widths(self, place: int) -> tuple[int, int]:
        """Return how wide a column must be, and how wide it would be if there were room."""
        column = self.columns[place]
        texts = [column.title, *(row[place].plain for row in self.rows)]
        widest = max(cell_len(line) for text in texts for line in text.split("\n"))
        if column.kind == "phrase":
            return max(cell_len(word) for text in texts for word in text.split() or [""]), widest
        return min(widest, LEAST_TEXT) if column.kind == "text" else widest, widest

    def _grid(self, places: Sequence[int], row: Sequence[Text] | None, spare: int) -> RenderableType:
        """Return some columns of a row, or of the titles; those of every row have the same widths."""
        rows = [] if row is None else [[row[place] for place in places]]
        grid = table([self.columns[place] for place in places], rows, has_titles=row is None)
        for place, column in zip(places, grid.columns, strict=True):
            least, widest = self._widths(place)
            column.width = None if self.columns[place].kind == "text" else min(widest, least + spare)
        return grid
