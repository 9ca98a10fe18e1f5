"""A whole pasted text, or a value of JSON, and the memories in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from memlake.parsing.values import is_object
from memlake.providers.dump.blocks import blocks, read_blocks
from memlake.providers.dump.dates import NO_DATE, read_date
from memlake.providers.dump.entries import Entry, Found, clean_entries
from memlake.providers.dump.json_values import NOT_JSON, exported_at_us, json_value, list_key, read_value
from memlake.providers.dump.lines import Line, read_lines
from memlake.providers.dump.prose import prose_statements
from memlake.providers.dump.words import ABOUT_THE_LIST, EXPORTED_AT

_LINES_ABOUT = 30
_LONGEST_NOTE = 300
_MOST_WORDS_OF_A_DATE = 6


class Reading(NamedTuple):
    """The memories of one list, in order, and when it was taken if it says so."""

    entries: list[Entry]
    exported_at_us: int | None = None
    empty_places: tuple[int, ...] = ()  # from 1: which entries of the list have no text


def reading_of(found: Sequence[Found], exported_us: int | None = None) -> Reading:
    """Clean what was found, and part what has a text from what has none."""
    entries = clean_entries(found)
    empty_places = tuple(place for place, entry in enumerate(entries, start=1) if not entry.text)
    return Reading([entry for entry in entries if entry.text], exported_us, empty_places)


def read_text(text: str) -> Reading:
    """Read a list of any shape, JSON included."""
    value = json_value(text)
    return _read_lines(text) if value is NOT_JSON else read_json(value)


def read_json(value: object) -> Reading:
    """Read a decoded value that holds memories; a list that is one text with many lines is read as such a text."""
    exported_us = exported_at_us(value)
    holder = list_key(value) if is_object(value) else None
    if is_object(value) and holder is not None and isinstance(text := value[holder], str):
        return _read_lines(text)._replace(exported_at_us=exported_us)
    return reading_of(list(read_value(value)), exported_us)


def _read_lines(text: str) -> Reading:
    lines = list(read_lines(text))
    if told := prose_statements(lines):
        entries = [
            Entry(statement.content, (statement.section,) if statement.section else (), NO_DATE) for statement in told
        ]
        return Reading(entries, _exported_at_us(lines[:_LINES_ABOUT]))
    found = list(read_blocks(blocks(lines)))
    while found and ABOUT_THE_LIST.match(found[0].text):
        del found[0]
    return reading_of(found, _exported_at_us(lines[:_LINES_ABOUT]))


def _exported_at_us(lines: Sequence[Line]) -> int | None:
    """Return when the lines before a list say that it was taken: a moment, or the first one of a day."""
    for line in lines:
        if line.is_item and not ABOUT_THE_LIST.match(line.text):
            return None
        if stated := EXPORTED_AT.search(line.text[:_LONGEST_NOTE]):
            words = stated[1].split()
            for count in range(min(len(words), _MOST_WORDS_OF_A_DATE), 0, -1):
                found = read_date(" ".join(words[:count]).strip(" .,;·•|\u2013\u2014-"))
                if found is not None and found.basis == "stated":
                    return found.at_us
    return None
