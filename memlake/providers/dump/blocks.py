"""A text's blocks: what stands below the same headings, each read as the kind of list that it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from memlake.providers.dump.bare import bare_entries, is_list
from memlake.providers.dump.dates import split_leading
from memlake.providers.dump.entries import Found
from memlake.providers.dump.fences import Piece, pieces
from memlake.providers.dump.items import read_items
from memlake.providers.dump.json_values import NOT_JSON, json_value, read_value
from memlake.providers.dump.lines import WORDS_LEVEL, Line
from memlake.providers.dump.tables import read_table
from memlake.providers.dump.words import (
    ABOUT_THE_LIST,
    CLOSER,
    COLONS,
    EDGE_OF_NAMES,
    ENDS,
    GO_ON,
    QUESTION_MARKS,
    TITLE,
    is_lead_in,
)

_LONGEST_NAME = 60
_MOST_WORDS_OF_A_NAME = 5
_NUMBERS_LEFT_OUT = 20
_WRAPPED_FROM = 50
_CATEGORY = re.compile(
    r"[*_]{0,2}(?:category|section|kategorie|categoria|categoría|catégorie|категория|カテゴリ|类别|카테고리)[*_]{0,2}"
    r"\s?[:：](?=[^\n]{1,80}$)",
    re.IGNORECASE,
)


class Block(NamedTuple):
    """Some lines below the same headings."""

    lines: Sequence[Line]
    section: tuple[str, ...]
    is_fenced: bool


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Cut a text at its headings; without what only speaks about the list, and outside of fences that hold it all."""
    headings: list[tuple[int, str]] = []
    found: list[Block] = []
    is_title = True
    for piece in pieces(_checked(lines)):
        begun: list[Line] = []
        for line in _with_headings(piece):
            if line.kind != "heading":
                begun.append(line)
                continue
            found.append(_block(begun, headings, piece))
            begun = []
            while headings and headings[-1][0] >= line.level:
                headings.pop()
            if not (is_title and TITLE.search(line.text)):
                headings.append((line.level, line.text))
            is_title = False
        found.append(_block(begun, headings, piece))
        is_title = is_title and not piece.is_list
    return [block for block in found if block.lines]


def read_blocks(found: Sequence[Block]) -> Iterator[Found]:
    """Yield the entries of all blocks, in order; where nothing is marked as a list, the lines have to look like one."""
    is_answer = any(is_lead_in(line.text) for line in found[0].lines if not line.is_item) if found else False
    is_marked = any(block.is_fenced or _is_marked(block.lines) for block in found)
    if not is_marked and not is_list([entry for block in found for entry in bare_entries(block.lines, ())]):
        return
    for block in found:
        value = json_value("\n".join(line.text for line in block.lines)) if block.is_fenced else NOT_JSON
        if isinstance(value, list | dict):
            yield from read_value(value, block.section)
        elif _is_marked(block.lines):
            yield from _read_marked(block, is_answer=is_answer)
        elif block.is_fenced or block.section or not is_marked:
            yield from bare_entries(block.lines, block.section)


def _block(lines: list[Line], headings: Sequence[tuple[int, str]], piece: Piece) -> Block:
    names = tuple(name for _, name in headings)
    speaks = any(name.endswith(QUESTION_MARKS) or CLOSER.match(name) for name in names)
    is_kept = piece.is_list and not speaks and any(line.kind != "blank" for line in lines)
    return Block(lines if is_kept else (), names, piece.is_fenced)


def _read_marked(block: Block, *, is_answer: bool) -> Iterator[Found]:
    if _is_rather_bare(block.lines):
        yield from bare_entries(block.lines, block.section)
        return
    first = next(index for index, line in enumerate(block.lines) if line.is_item or line.kind == "row")
    if block.section:
        yield from bare_entries(block.lines[:first], block.section)
    part: list[Line] = []
    for line in [*block.lines[first:], Line("blank")]:
        is_row = line.kind == "row"
        if part and (is_row != (part[-1].kind == "row")):
            yield from _read_part(part, block.section, is_answer=is_answer)
            part = []
        part.append(line)
    yield from _read_part(part, block.section, is_answer=is_answer)


def _is_rather_bare(lines: Sequence[Line]) -> bool:
    """Say whether a list has no markers, and only some of its lines a date: then a line without one is an entry, too.

    What goes on with an entry comes after a long line, or begins in lower case.
    """
    items = [line for line in lines if line.is_item]
    plain = [line for line in lines if line.kind == "plain" and not is_lead_in(line.text)]
    if (
        not items
        or len(plain) < len(items)
        or any(line.kind != "dated" or not split_leading(line.text)[0] for line in items)
    ):
        return False
    new = sum(
        len(before.text) < _WRAPPED_FROM and not (line.indent or line.text[0].islower())
        for before, line in pairwise([Line("blank"), *lines])
        if line.kind == "plain" and not is_lead_in(line.text)
    )
    return new * 2 > len(plain)


def _read_part(lines: Sequence[Line], section: tuple[str, ...], *, is_answer: bool) -> Iterator[Found]:
    if lines[0].kind == "row":
        yield from read_table([line.text for line in lines], section)
    elif any(line.is_item for line in lines):
        yield from read_items(lines, section, is_answer=is_answer)


def _is_marked(lines: Sequence[Line]) -> bool:
    return any(line.is_item or line.kind == "row" for line in lines)


def _checked(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with what only their neighbours tell: a day before a month is no number that begins an entry."""
    numbers = {line.number for line in lines if line.kind == "number"}
    has_dates = any(line.kind == "dated" for line in lines)
    last = 0
    checked: list[Line] = []
    for line in lines:
        if line.kind == "number":
            is_counted = line.number <= 1 or not numbers.isdisjoint((line.number - 1, line.number + 1))
            is_after_gap = 0 < last < line.number <= last + _NUMBERS_LEFT_OUT
            if is_counted or is_after_gap:
                last = line.number
            else:
                line = Line("plain", f"{line.marker} {line.text}", line.indent)  # noqa: PLW2901 - the same line, seen anew
        elif line.kind == "plain" and has_dates and line.looks_dated:
            line = line._replace(kind="dated")  # noqa: PLW2901
        checked.append(Line("blank") if line.kind == "rule" else line)
    return checked


def _with_headings(piece: Piece) -> Iterator[Line]:
    """Yield the lines, those that name what follows as headings."""
    following: Line | None = None if piece.is_list else Line("bullet")
    after: list[Line | None] = []
    for line in reversed(piece.lines):
        after.append(following)
        following = following if line.kind == "blank" else line
    is_after_blank = True
    for line, follower in zip(piece.lines, reversed(after), strict=True):
        is_name = follower is not None and _is_name(line, follower, is_after_blank=is_after_blank)
        name = _CATEGORY.sub("", line.text, count=1).strip(EDGE_OF_NAMES)
        yield line._replace(kind="heading", text=name, level=WORDS_LEVEL) if is_name else line
        is_after_blank = line.kind in ("blank", "heading")


def _is_name(line: Line, follower: Line, *, is_after_blank: bool) -> bool:
    text = line.text
    if (
        line.kind != "plain"
        or len(text) > _LONGEST_NAME
        or line.indent > 1
        or follower.kind == "heading"
        or text.endswith((*ENDS, ",", ";"))
    ):
        return False
    if CLOSER.match(text) or GO_ON.fullmatch(text) or is_lead_in(text) or ABOUT_THE_LIST.match(text):
        return False
    words = len(text.split())
    if text.endswith(COLONS):
        return words < _MOST_WORDS_OF_A_NAME and not text[0].islower()
    is_apart = is_after_blank or unicodedata.category(text[0]) == "So"
    if _CATEGORY.match(text):
        return is_after_blank or _is_marked([follower])
    is_before_list = _is_marked([follower]) and (follower.kind != "dated" or not follower.text[0].isalnum())
    return is_apart and is_before_list and words <= _MOST_WORDS_OF_A_NAME
