"""Which words of a text are shown for what was found in it, and which of them are what was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from memlake.lake.analysis import words_of_each
from memlake.query.search_needs import Need
from memlake.text import normalise

_QUOTE_LENGTH = 240
_BEFORE = 60
_LONGEST_EDGE = 24
_ATOM = re.compile(
    r"\d+(?:[.,]\d+)+|(?:(?<!\w)\.)?[\w\u0300-\u036f\u200c\u200d]+(?:['\u2019]\w+|\+\+|[+#])?",
)
_SPACE = re.compile(r"\s+")
_MOST_MARKS = 200
_READ_FIRST = 50_000  # characters; nearly every text says there what was asked for


class Mark(NamedTuple):
    """Where something stands that was asked for, in characters; `need` counts the things."""

    begin: int
    end: int
    need: int


class _Word(NamedTuple):
    """A word of the index where it stands in a text; neighbours have neighbouring atoms."""

    text: str
    begin: int
    end: int
    atom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A piece of a text, and where in it the words stand that were asked for, as [begin, end) in characters."""

    quote: str
    matches: tuple[tuple[int, int], ...]
    is_cut_before: bool
    is_cut_after: bool


def quotes_of(texts: Sequence[str], needs: Sequence[Need]) -> list[Quote]:
    """Return of each text the piece that says most of what was asked for."""
    wanted = [need for need in needs if not need.term.is_barred]
    marks = _marks([text[:_READ_FIRST] for text in texts], wanted)
    late = [place for place, text in enumerate(texts) if not marks[place] and len(text) > _READ_FIRST]
    for place, found in zip(late, _marks([texts[place] for place in late], wanted), strict=True):
        marks[place] = found
    return [_cut(text, found) for text, found in zip(texts, marks, strict=True)]


def _marks(texts: Sequence[str], needs: Sequence[Need]) -> list[list[Mark]]:
    """Return where each text says something, in order, the first few hundred places."""
    found = _words_in(texts, needs)
    return [
        sorted(mark for number, need in enumerate(needs) for mark in _places(text, words, need, number))[:_MOST_MARKS]
        for text, words in zip(texts, found, strict=True)
    ]


def _places(text: str, words: Sequence[_Word], need: Need, number: int) -> Iterator[Mark]:
    literal = _literal(need)
    if literal is not None:
        folded = text if need.term.signs else _same_length(text)
        yield from (Mark(found.start(), found.end(), number) for found in re.finditer(re.escape(literal), folded))
        return
    length = len(need.groups)
    for place in need.runs([word.text for word in words]):
        run = words[place : place + length]
        if all(after.atom - before.atom <= 1 for before, after in pairwise(run)):
            yield Mark(run[0].begin, run[-1].end, number)


def _words_in(texts: Sequence[str], needs: Sequence[Need]) -> list[list[_Word]]:
    """Return the words of each text that may be asked for; the analysis sees no more than these."""
    spellings = {
        spelling for need in needs if not _literal(need) for forms in need.groups for spelling in forms.spellings
    }
    likely = re.compile("|".join([*map(re.escape, sorted(spellings)), r"[^\x00-\x7f]"]), re.IGNORECASE)
    atoms = [
        [
            (place, atom)
            for place, atom in enumerate(_ATOM.finditer(text) if spellings else ())
            if likely.search(text, atom.start(), atom.end())
        ]
        for text in texts
    ]
    different = list({atom[0] for found in atoms for _, atom in found})
    analysed = dict(zip(different, words_of_each(different), strict=True))
    return [
        [_Word(word, *atom.span(), place) for place, atom in found for word in analysed[atom[0]]] for found in atoms
    ]


def _literal(need: Need) -> str | None:
    return need.term.signs or need.term.unspaced


def _same_length(text: str) -> str:
    """Return a text normalised one character at a time, so that places in it are those of the text."""
    if text.isascii():
        return text.lower()
    folded = (normalise(character) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, folded, strict=True))


def _cut(text: str, marks: Sequence[Mark]) -> Quote:
    """Return the piece around the marks that say most; without marks the beginning."""
    first = _best(marks)
    end = min(len(text), max(0, first - _BEFORE) + _QUOTE_LENGTH)
    begin = max(0, min(first - _BEFORE, end - _QUOTE_LENGTH))
    begin, end = _whole_words(text, begin, end, first)
    shown = [(max(mark.begin, begin), min(mark.end, end)) for mark in marks if mark.begin < end and mark.end > begin]
    return Quote(
        quote=text[begin:end],
        matches=tuple(_joined([(place - begin, behind - begin) for place, behind in shown])),
        is_cut_before=bool(text[:begin].strip()),
        is_cut_after=bool(text[end:].strip()),
    )


def _best(marks: Sequence[Mark]) -> int:
    """Return where the mark stands from which on a quote says most of the things that were asked for."""
    room = _QUOTE_LENGTH - _BEFORE

    def said_from(place: int) -> int:
        near = takewhile(lambda mark: mark.end <= marks[place].begin + room, islice(marks, place, None))
        return len({mark.need for mark in near})

    return marks[max(range(len(marks)), key=said_from)].begin if marks else 0


def _whole_words(text: str, begin: int, end: int, first: int) -> tuple[int, int]:
    """Return a piece that begins and ends between words where spaces are near, and at no space."""
    if begin > 0:
        gap = _SPACE.search(text, begin - 1, max(begin, min(first, begin + _LONGEST_EDGE)))
        begin = gap.end() if gap else begin
    if end < len(text):
        tail = text[max(begin, end - _LONGEST_EDGE) : end + 1]
        gaps = [found.start() for found in _SPACE.finditer(tail)]
        end = end + 1 - len(tail) + gaps[-1] if gaps else end
    piece = text[begin:end]
    return begin + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _joined(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield places in order, those that overlap as one."""
    held: tuple[int, int] | None = None
    for begin, end in sorted(places):
        if held and begin < held[1]:
            held = held[0], max(held[1], end)
            continue
        if held:
            yield held
        held = begin, end
    if held:
        yield held
