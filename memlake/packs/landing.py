"""What has landed of a pack: each item held against what its target remembers now, in whatever words and order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from memlake.history.prose.alignment import Placed, align
from memlake.history.prose.facts import Context, fact_change
from memlake.history.prose.wordings import wording
from memlake.packs.items import PackItem
from memlake.packs.lines import one_line, quoted, reading
from memlake.packs.pieces import pieces_of, tiled
from memlake.packs.plain import QUOTED_LABEL, item_text
from memlake.parsing.sentences import sentences

Verdict = Literal["verbatim", "reworded", "merged", "missing"]
VERDICTS: tuple[Verdict, ...] = ("verbatim", "reworded", "merged", "missing")

_HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """What became of an item: how it landed, the texts that say it now, and what is another fact in them.

    `lost` are its sentences that none of these says.
    """

    item: PackItem
    verdict: Verdict
    texts: tuple[str, ...]
    change: str | None
    lost: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """Every item of a pack, in its order, and what else the target knows."""

    items: tuple[Landed, ...]
    others: tuple[str, ...]


def landing(items: Sequence[PackItem], known: Sequence[str]) -> Landing:
    """Hold the items of a pack against the statements that its target remembers.

    Verbatim is what differs in spaces, case and the last dot at most, in one statement or in pieces; merged is what
    stands in a statement together with another item; all else that is found again is reworded. A sentence of an item
    counts for itself, and an item is missing if most of it is.
    """
    lines = list(dict.fromkeys(filter(None, map(one_line, known))))
    found = _Found(items, lines)
    taken = {place for places in found.places.values() for place in places}
    others = (line for place, line in enumerate(lines) if place not in taken)
    return Landing(items=tuple(map(found.landed, items)), others=tuple(others))


class _Found:
    """Which statements say which sentences of which items."""

    def __init__(self, items: Sequence[PackItem], lines: Sequence[str]) -> None:
        self._lines = lines
        self._sentences = {item.number: sentences(item.text) for item in items}
        self._equal = _word_for_word(items, lines)
        self._context = Context.of([*(item.text for item in items), *lines])
        self._partners = self._aligned(items)
        self.places = {item.number: self._places_of(item) for item in items}
        self._guests: defaultdict[int, set[int]] = defaultdict(set)
        for number, places in self.places.items():
            for place in places:
                self._guests[place].add(number)

    def landed(self, item: PackItem) -> Landed:
        """Return what became of one item."""
        places = self.places[item.number]
        if not places:
            return Landed(item=item, verdict="missing", texts=(), change=None, lost=None)
        texts, lost = tuple(self._lines[place] for place in places), self._lost(item)
        verdict = self._verdict(item, places)
        may_have_changed = verdict == "reworded" and not lost
        change = fact_change(item.text, " ".join(texts), self._context) if may_have_changed else None
        return Landed(item=item, verdict=verdict, texts=texts, change=change, lost=" ".join(lost) or None)

    def _places_of(self, item: PackItem) -> tuple[int, ...]:
        """Return where the lines are that say an item, or most of it."""
        if item.number in self._equal:
            return self._equal[item.number]
        is_mostly_lost = _mass(self._lost(item)) > _HALF * _mass([item.text])
        return () if is_mostly_lost else tuple(sorted(set().union(*self._partners[item.number])))

    def _verdict(self, item: PackItem, places: Sequence[int]) -> Verdict:
        if item.number in self._equal:
            return "verbatim"
        return "merged" if any(len(self._guests[place]) > 1 for place in places) else "reworded"

    def _lost(self, item: PackItem) -> list[str]:
        if item.number in self._equal:
            return []
        pairs = zip(self._sentences[item.number], self._partners[item.number], strict=True)
        return [sentence for sentence, partners in pairs if not partners]

    def _aligned(self, items: Iterable[PackItem]) -> Mapping[int, list[set[int]]]:
        """Return which lines say each sentence of each item; equal items and their lines are not looked at again."""
        taken = {place for places in self._equal.values() for place in places}
        free = [place for place in range(len(self._lines)) if place not in taken]
        partners = {number: [set[int]() for _ in parts] for number, parts in self._sentences.items()}
        units = [
            (item.number, place)
            for item in items
            if item.number not in self._equal
            for place in range(len(self._sentences[item.number]))
        ]
        links = align(
            [Placed(self._sentences[number][place], "pack", None) for number, place in units],
            [Placed(self._lines[place], "target", "") for place in free],
            is_ordered=False,
        )
        for link in links:
            number, place = units[link.before]
            partners[number][place].add(free[link.after])
        return partners


def _word_for_word(items: Iterable[PackItem], lines: Sequence[str]) -> dict[int, tuple[int, ...]]:
    """Return the places of the line that reads as an item does, or of the pieces that are all of it, by its number."""
    readings = {reading(line): place for place, line in reversed(list(enumerate(lines)))}
    plain, labelled = pieces_of(readings), pieces_of(readings, QUOTED_LABEL)
    found = {
        item.number: _equal(item, readings)
        or (tiled(quoted(item.text), labelled) if item.addressed else tiled(item.text, plain))
        for item in items
    }
    return {number: places for number, places in found.items() if places}


def _equal(item: PackItem, readings: Mapping[str, int]) -> tuple[int, ...]:
    words = next((words for words in (reading(item.text), reading(item_text(item))) if words in readings), None)
    return () if words is None else (readings[words],)


def _mass(texts: Iterable[str]) -> int:
    """Return how much texts say: their signs, without spaces and Markdown."""
    return sum(len("".join(wording(text).folded.split())) for text in texts)
