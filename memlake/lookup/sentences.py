"""Cuts messages into sentences with their words, so that a memory is compared with what one of them says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from memlake.lake.analysis import words_of_each

CLOSELY_READ_CHARACTERS = 400_000
"""Of an endless message only the beginning is cut into sentences."""

_LONGEST = 400
_END = re.compile(r"[.!?…][\"'”’)\]]*\s+|[。！？]|\n+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of a message: `text[start:end]` and its words as the index spells them."""

    start: int
    end: int
    words: tuple[str, ...]


def sentences_of(texts: Sequence[str]) -> list[tuple[Sentence, ...]]:
    """Cut texts into sentences; one without words is left out, and of an endless text what is far behind."""
    places = [_borders(text[:CLOSELY_READ_CHARACTERS]) for text in texts]
    pieces = [text[start:end] for text, borders in zip(texts, places, strict=True) for start, end in borders]
    words = iter(words_of_each(pieces))
    return [
        tuple(Sentence(start, end, tuple(said)) for start, end in borders if (said := next(words)))
        for borders in places
    ]


def _borders(text: str) -> list[tuple[int, int]]:
    borders: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        end = match.start() + (text[match.start()] != "\n")  # a mark belongs to its sentence
        borders += _chopped(text, start, end)
        start = match.end()
    return [*borders, *_chopped(text, start, len(text))]


def _chopped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what has no end of a sentence, such as code and logs, at spaces."""
    while end - start > _LONGEST:
        space = text.rfind(" ", start + 1, start + _LONGEST)
        border = space if space > 0 else start + _LONGEST
        yield start, border
        start = border
    if start < end:
        yield start, end
