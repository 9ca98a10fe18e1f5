"""Memories in a Markdown table, one a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from memlake.providers.dump.dates import read_date
from memlake.providers.dump.entries import Found
from memlake.providers.dump.words import STATE_MARKERS

_ESCAPED = "\0"  # stands for a bar that is no border; no line holds one of its own
_RULER = re.compile(r":?-+:?")
_NUMBER = re.compile(r"#|no\.?|nr\.?|n[ºo°]|id|№|番号|序号|번호", re.IGNORECASE)
_CATEGORY = re.compile(
    r"categor|kategor|catégor|section|topic|type|thema|tema|categoria|категор|раздел|فئة|分類|类别|カテゴリ|분류|카테고리",
    re.IGNORECASE,
)


def read_table(rows: Sequence[str], section: tuple[str, ...]) -> Iterator[Found]:
    """Yield one entry a row: its date, number and category by the names of their columns, else by what they hold.

    The other columns are its text; with several of them a dash stands in between.
    """
    table = [_cells(row) for row in rows]
    ruler = next((place for place, row in enumerate(table[:2]) if all(map(_RULER.fullmatch, row))), None)
    names = table[0] if ruler == 1 else []
    body = [row for row in (table if ruler is None else table[ruler + 1 :]) if any(row)]
    width = max(map(len, body), default=0)
    names += [""] * (width - len(names))
    roles = [_role(names[place], [row[place] for row in body if place < len(row)]) for place in range(width)]
    for row in body:
        by_role: dict[str, list[str]] = {"date": [], "number": [], "state": [], "category": [], "text": []}
        for role, cell in zip(roles, row, strict=False):
            by_role[role].append(cell)
        stated = next((found for cell in by_role["date"] if (found := read_date(cell)) is not None), None)
        text = " \u2013 ".join(filter(None, by_role["text"]))
        yield Found(text, (*section, *filter(None, by_role["category"])), stated)


def _cells(row: str) -> list[str]:
    cells = row.replace("\\|", _ESCAPED).strip().removeprefix("|").removesuffix("|").split("|")
    return [cell.replace(_ESCAPED, "|").strip() for cell in cells]


def _role(name: str, cells: Sequence[str]) -> str:
    if all(not cell or read_date(cell) is not None for cell in cells):
        return "date"
    if name and _NUMBER.fullmatch(name.strip("*_ ")) and all(cell.strip(".)").isdigit() or not cell for cell in cells):
        return "number"
    if all(cell.casefold() in STATE_MARKERS for cell in cells):
        return "state"
    return "category" if _CATEGORY.search(name) else "text"
