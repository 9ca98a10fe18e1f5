"""What goes into a pack: current memories in their newest words, each once, sorted, and without what is withheld."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from memlake.packs.addressed import turn_of_another, words_to_the_reader
from memlake.packs.categories import Category
from memlake.packs.items import ListPlace, MemoryRef, PackItem
from memlake.packs.lines import one_line, reading
from memlake.packs.redaction import Redacted, Redactor

_STATED_MARK = re.compile(r"\s*\[stated\]", re.IGNORECASE)
_INFERRED_MARK = re.compile(r"\s*\[inferred\]", re.IGNORECASE)
_INFERRED = " (inferred)"
_SUBJECT = re.compile(r"(?:the )?user (?=\S)")
_STATED = {"stated_month": "%Y-%m", "stated_year": "%Y"}
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A memory that may go into a pack; `seen_at` is when its text was seen last, `is_chosen`: by hand.

    `text` says whom it is about, `is_about_another` that this is another person.
    `list_number` is its place in the list of its account, from 1.
    `is_uncertain` where nothing tells whether it was there at the time of the pack, or read so.
    """

    key: MemoryRef
    list_number: int
    text: str
    category: Category
    is_chosen: bool = False
    created_at: datetime | None
    created_at_basis: str | None
    seen_at: datetime | None
    is_uncertain: bool = False
    is_about_another: bool = False

    @property
    def is_inferred(self) -> bool:
        """Tell whether its assistant marked something of it as only inferred."""
        return _INFERRED_MARK.search(self.text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A memory that stays at home: nothing worth carrying is left of it without these classes.

    `text` has placeholders for what is private. The ids in `memories` can be hashes over the whole text, and the
    `reasons` quote it: both are for the owner's eyes alone, `places` tell anybody else as much as is good.
    """

    memories: tuple[MemoryRef, ...]
    places: tuple[ListPlace, ...]
    text: str
    classes: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The items of a pack, what was left out, and how often each class was replaced in what was not.

    `others_count` is how many memories are of other categories than those that were asked for.
    """

    items: tuple[PackItem, ...]
    left_out: tuple[LeftOut, ...]
    placeholders: Mapping[str, int]
    others_count: int = 0


class _Alike(NamedTuple):
    """Memories that say the same, in the words that were seen last."""

    newest: Carried
    all: Sequence[Carried]

    @property
    def line(self) -> str:
        """Their words on one line; what none of them states is marked as inferred."""
        return _line(self.newest, inferred=_INFERRED if all(memory.is_inferred for memory in self.all) else "")

    @property
    def in_order(self) -> list[Carried]:
        return [self.newest, *(memory for memory in self.all if memory is not self.newest)]

    @property
    def keys(self) -> tuple[MemoryRef, ...]:
        return tuple(memory.key for memory in self.in_order)

    @property
    def category(self) -> Category:
        return next((memory.category for memory in self.all if memory.is_chosen), self.newest.category)


def choose(
    memories: Sequence[Carried],
    redactor: Redactor,
    *,
    only: Collection[Category] = (),
) -> Chosen:
    """Return what goes into a pack, oldest first, what nobody dated last; `only` some categories, if any are named.

    Memories that differ in nothing but spaces, case, the last dot and a user named at the beginning are one item, in
    the words that were seen last and with the earliest date. Placeholders are numbered as they come, first those in
    the items.
    """
    redactor.learn(one_line(memory.text) for memory in memories)
    groups = list(_alike(memories))
    wanted = [alike for alike in groups if not only or alike.category in only]
    judge = deepcopy(redactor)  # so that what is left out takes no numbers from what is shown
    judged = [(alike, judge.redact(alike.line)) for alike in wanted]
    carried = [
        (alike, redactor.redact(alike.line) if found.spans else found)
        for alike, found in judged
        if not found.is_left_out
    ]
    return Chosen(
        items=tuple(_item(number, alike, redacted) for number, (alike, redacted) in enumerate(carried, start=1)),
        left_out=tuple(_left_out(alike, redactor.redact(alike.line)) for alike, found in judged if found.is_left_out),
        placeholders=Counter(span.label for _, redacted in carried for span in redacted.spans),
        others_count=_count(groups) - _count(wanted),
    )


def _count(groups: Iterable[_Alike]) -> int:
    return sum(len(alike.all) for alike in groups)


def _item(number: int, alike: _Alike, redacted: Redacted) -> PackItem:
    return PackItem(
        number=number,
        text=redacted.text,
        saved_on=_saved_on(alike.all),
        category=alike.category,
        memories=alike.keys,
        placeholder_count=len(redacted.spans),
        addressed=words_to_the_reader(redacted.text) or turn_of_another(alike.newest.text),
        is_about_another=alike.newest.is_about_another,
        is_uncertain=all(memory.is_uncertain for memory in alike.all),
    )


def _left_out(alike: _Alike, redacted: Redacted) -> LeftOut:
    return LeftOut(
        memories=alike.keys,
        places=tuple(ListPlace(account_key=one.key.account_key, number=one.list_number) for one in alike.in_order),
        text=redacted.text,
        classes=tuple(dict.fromkeys(span.label for span in redacted.spans)),
        reasons=tuple(dict.fromkeys(span.reason for span in redacted.spans)),
    )


def _alike(memories: Iterable[Carried]) -> Iterator[_Alike]:
    groups: dict[str, list[Carried]] = {}
    for memory in sorted(memories, key=lambda memory: memory.created_at or _NEVER):
        if line := _line(memory):
            words = reading(line)
            subject = _SUBJECT.match(words)
            groups.setdefault(words[subject.end() :] if subject else words, []).append(memory)
    for alike in groups.values():
        newest = max(alike, key=lambda memory: (memory.seen_at is not None, memory.seen_at or _NEVER))
        yield _Alike(newest, alike)


def _line(memory: Carried, *, inferred: str = "") -> str:
    """Return a memory on one line, with other words or none for its assistant's mark of what it inferred."""
    return one_line(_INFERRED_MARK.sub(inferred, _STATED_MARK.sub("", memory.text)))


def _saved_on(memories: Iterable[Carried]) -> str | None:
    """Return the earliest date, no finer than it was stated."""
    first = min(memories, key=lambda memory: memory.created_at or _NEVER)
    if first.created_at is None:
        return None
    return f"{first.created_at:{_STATED.get(first.created_at_basis or '', '%Y-%m-%d')}}"
