"""What has landed of a pack: each item held against what its target remembers now, in whatever words and order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from memlake.history.prose.alignment import Placed, align
from memlake.history.prose.facts import Context, fact_change
from memlake.history.prose.folding import fold, is_unspaced
from memlake.history.prose.kinds import is_denied
from memlake.history.prose.numbers import Counted, counted
from memlake.history.prose.overlap import content_words, kept_words, telling_words
from memlake.history.prose.wordings import wording
from memlake.packs.items import PackItem
from memlake.packs.lacking import lacking
from memlake.packs.lines import one_line, quoted, reading
from memlake.packs.pieces import pieces_of, tiled
from memlake.packs.plain import QUOTED_LABEL, item_text
from memlake.parsing.sentences import sentences

Verdict = Literal["verbatim", "reworded", "merged", "partial", "changed", "missing"]
VERDICTS: tuple[Verdict, ...] = ("verbatim", "reworded", "merged", "partial", "changed", "missing")
NOT_WHOLLY: tuple[Verdict, ...] = ("partial", "changed", "missing")

_LEADING_ON = (":", "\uff1a")
_HALF = 0.5
_MUCH_THE_SAME = 0.65
_FEWEST_TELLING = 3
_TELLING_KINDS = ("number", "month")
_WORD = re.compile(r"[^\W_]+")
_PLACEHOLDER = re.compile(r"\[[^\[\]\d]{1,40} \d+\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """What became of an item: how it landed, the texts that say it now, and what is another fact in them.

    `lost` are its sentences that none of these says, or not all of; `lacking` are the words of the latter that went.
    """

    item: PackItem
    verdict: Verdict
    texts: tuple[str, ...]
    change: str | None
    lost: str | None
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """Every item of a pack, in its order, and what else the target knows."""

    items: tuple[Landed, ...]
    others: tuple[str, ...]

    @property
    def is_any(self) -> bool:
        """Whether anything of the pack was found, be it another fact."""
        return any(landed.verdict != "missing" for landed in self.items)


def landing(items: Sequence[PackItem], known: Sequence[str]) -> Landing:
    """Hold the items of a pack against the statements that its target remembers.

    Verbatim is what differs in spaces, case and the last dot at most, in one statement or in pieces; merged is what
    stands in a statement together with another item; partial is what lost a sentence, a name, a number, a day, or a
    good part of its words, and nothing came for them; changed is what came with another fact; all else that is found
    again is reworded. A sentence of an item counts for itself, and an item is missing if most of it is.

    Another fact is one for sure where the rest stayed much the same; else words may have made it, and it is only told.
    What a pack withheld tells nothing.
    """
    lines = list(dict.fromkeys(filter(None, map(one_line, known))))
    found = _Found(items, lines)
    others = (line for place, line in enumerate(lines) if place not in found.taken and not line.endswith(_LEADING_ON))
    return Landing(items=tuple(map(found.landed, items)), others=tuple(others))


class _Found:
    """Which statements say which sentences of which items."""

    def __init__(self, items: Sequence[PackItem], lines: Sequence[str]) -> None:
        self._lines = lines
        self._sentences = {item.number: sentences(item.text) for item in items}
        self._equal = _word_for_word(items, lines)
        self._context = Context.of(list(map(_told, [*(item.text for item in items), *lines])))
        self._partners = self._aligned(items)
        self.places = {item.number: self._places_of(item) for item in items}
        self._guests: defaultdict[int, set[int]] = defaultdict(set)
        for number, places in self.places.items():
            for place in places:
                self._guests[place].add(number)

    @property
    def taken(self) -> set[int]:
        """The places of all lines that say something of an item, be it too little of it to have landed."""
        partners = (places for parts in self._partners.values() for places in parts)
        return set().union(*self.places.values(), *partners)

    def landed(self, item: PackItem) -> Landed:
        """Return what became of one item."""
        places = self.places[item.number]
        if not places:
            return Landed(item=item, verdict="missing", texts=(), change=None, lost=None)
        texts, lost = tuple(self._lines[place] for place in places), self._lost(item)
        verdict = self._verdict(item, places)
        change = self._change(item.text, " ".join(texts)) if verdict == "reworded" and not lost else None
        if change and self._is_much_the_same(_told(item.text), _told(" ".join(texts))):
            return Landed(item=item, verdict="changed", texts=texts, change=change, lost=None)
        cut = {} if verdict == "verbatim" else self._cut(item)
        left = [sentence for sentence in self._sentences[item.number] if sentence in lost or sentence in cut]
        return Landed(
            item=item,
            verdict="partial" if left else verdict,
            texts=texts,
            change=change,
            lost=" ".join(left) or None,
            lacking=tuple(word for words in cut.values() for word in words),
        )

    def _is_much_the_same(self, before: str, after: str) -> bool:
        """Tell whether most of the signs stayed, or of the words that tell something, no denial among them."""
        pieces, others = wording(before).pieces, wording(after).pieces
        if (pieces & others).total() >= _MUCH_THE_SAME * min(pieces.total(), others.total()):
            return True
        if is_denied(before) != is_denied(after):
            return False
        language = self._context.within(before, after).language
        words, came = (telling_words(wording(text).folded, language) for text in (before, after))
        kept = kept_words(words, wording(after).folded, language)
        return len(kept) >= _MUCH_THE_SAME * max(len(words), len(came), _FEWEST_TELLING)

    def _cut(self, item: PackItem) -> dict[str, tuple[str, ...]]:
        """Return the sentences of an item that are said in part only, each with the words that went."""
        found = {}
        for sentence, places in zip(self._sentences[item.number], self._partners[item.number], strict=True):
            guests = set[int]().union(*(self._guests[place] for place in places)) - {item.number}
            beside = [_told(text) for guest in guests for text in self._sentences[guest]]
            texts = [_told(self._lines[place]) for place in places]
            if places and (words := lacking(_told(sentence), texts, beside, self._context.within(sentence, *texts))):
                found[sentence] = words
        return found

    def _change(self, before: str, after: str) -> str | None:
        before, after = _told(before), _told(after)
        return fact_change(before, after, self._context.within(before, after))

    def _is_other_matter(self, sentence: str, line: str) -> bool:
        """Tell whether two sentences have only words in common that stand anywhere, or the name of whom they are about.

        Both say more than that, since a single word may have a synonym. A name tells in English only: elsewhere nouns
        have capitals, or verbs many forms and synonyms. Without spaces signs tell enough.
        """
        sentence, line = _told(sentence), _told(line)
        if is_unspaced(sentence):
            return False
        language = self._context.within(sentence, line).language
        told, others = (telling_words(wording(text).folded, language) for text in (sentence, line))
        if not kept_words(told, wording(line).folded, language):
            return min(len(told), len(others)) > 1 and not _dated(sentence) & _dated(line)
        told, others = (content_words(wording(text).folded, language) for text in (sentence, line))
        shared = kept_words(list(dict.fromkeys(told)), wording(line).folded, language)
        is_named = len(shared) == 1 and _has_capital(shared[0], sentence) and _has_capital(shared[0], line)
        return language == "en" and is_named and min(len(set(told)), len(set(others))) > 1

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
            [Placed(_told(self._sentences[number][place]), "pack", None) for number, place in units],
            [Placed(_told(self._lines[place]), "target", "") for place in free],
            is_ordered=False,
        )
        for link in links:
            number, place = units[link.before]
            if not self._is_other_matter(self._sentences[number][place], self._lines[free[link.after]]):
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


def _dated(text: str) -> set[Counted]:
    """Return the numbers and months of a text: they tell more than a day of the week does."""
    return {one for one in counted(text) if one.kind in _TELLING_KINDS}


def _has_capital(folded: str, text: str) -> bool:
    """Tell whether a word stands in a text as names do."""
    return any(word[0].isupper() and fold(word).startswith(folded) for word in _WORD.findall(text))


def _told(text: str) -> str:
    """Return a text without placeholders: what they stand for is nobody's to compare."""
    return _PLACEHOLDER.sub("", text)


def _mass(texts: Iterable[str]) -> int:
    """Return how much texts say: their signs, without spaces and Markdown."""
    return sum(len("".join(wording(text).folded.split())) for text in texts)
