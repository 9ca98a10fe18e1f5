"""Memories one a line, or one a paragraph, without any marker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from memlake.providers.dump.entries import Found, read_record
from memlake.providers.dump.lines import Line
from memlake.providers.dump.words import (
    ABOUT_THE_LIST,
    ADDRESSED,
    CLOSER,
    COLONS,
    ENDS,
    GO_ON,
    QUESTION_MARKS,
    TITLE,
    is_lead_in,
)

_INDENT = 2
_WRAPPED_FROM = 50
_LONGEST_TITLE = 80
_LONGEST_MEMORY = 400
_MOST_SENTENCES = 2
_FEWEST_WORDS = 3
_FEWEST_WIDE = 4
_PAIR = re.compile(r"[^\W\d_][^:\n]{0,40}:\s\S")
_END = re.compile(r"[.!?](?=\s|\Z)|[。！？]")
_ENDED = (*ENDS, '."', ".)", ":", ";")
_BEGINNINGS_OF_CODE = ("{", "}", "[", "]", "<", "(", ")")
_WIDE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def bare_entries(lines: Sequence[Line], section: tuple[str, ...]) -> list[Found]:
    """Return the entries among lines without markers: what leads in and what follows after is left out.

    A line that is indented goes on with the one before; so do the lines of a paragraph that is wrapped.
    """
    entries: list[Found] = []
    for paragraph in _paragraphs(lines):
        record = read_record(paragraph, section)
        entries += [record] if record else [Found(entry, section) for entry in _unwrapped(paragraph)]
    while entries and _leads_in(entries[0].text):
        del entries[0]
    while entries and _follows_after(entries[-1].text):
        entries.pop()
    return [entry for entry in entries if not GO_ON.fullmatch(entry.text)]


def is_list(entries: Sequence[Found]) -> bool:
    """Say whether lines without markers can be a list: short ones that say something, and no essay."""
    saying = sum(entry.stated is not None or _says_something(entry.text) for entry in entries)
    essays = sum(
        len(entry.text) > _LONGEST_MEMORY or len(_END.findall(entry.text)) > _MOST_SENTENCES for entry in entries
    )
    return bool(entries) and saying * 2 >= len(entries) and essays * 2 < len(entries)


def _paragraphs(lines: Sequence[Line]) -> list[list[str]]:
    paragraphs: list[list[list[str]]] = [[]]
    for line in lines:
        if line.kind == "blank":
            paragraphs.append([])
        elif line.indent >= _INDENT and paragraphs[-1]:
            paragraphs[-1][-1].append(line.text)
        else:
            paragraphs[-1].append([line.text])
    return [[" ".join(parts) for parts in paragraph] for paragraph in paragraphs if paragraph]


def _unwrapped(paragraph: list[str]) -> list[str]:
    """Return a paragraph of long lines as one entry if most of them begin in the middle of a sentence."""
    inner_count = sum(line[0].islower() for line in paragraph[1:])
    is_wrapped = all(len(line) >= _WRAPPED_FROM for line in paragraph[:-1]) and inner_count * 2 >= len(paragraph)
    return [" ".join(paragraph)] if is_wrapped else paragraph


def _leads_in(entry: str) -> bool:
    if entry.endswith(COLONS) or is_lead_in(entry) or ABOUT_THE_LIST.match(entry):
        return True
    is_title = len(entry) <= _LONGEST_TITLE and not entry.endswith(_ENDED)
    return is_title and TITLE.search(entry) is not None


def _follows_after(entry: str) -> bool:
    is_question = entry.endswith(QUESTION_MARKS) and ADDRESSED.search(entry) is not None
    return is_question or CLOSER.match(entry) is not None or GO_ON.fullmatch(entry) is not None


def _says_something(entry: str) -> bool:
    if entry.startswith(_BEGINNINGS_OF_CODE):
        return False
    if len(entry.split()) >= _FEWEST_WORDS or _PAIR.match(entry):
        return True
    return len(_WIDE.findall(entry[:_LONGEST_MEMORY])) >= _FEWEST_WIDE
