"""What goes into a pack: current memories in their newest words, each once, sorted, and without what is withheld."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from memlake.packs.addressed import words_to_the_reader
from memlake.packs.categories import Category
from memlake.packs.items import MemoryRef, PackItem
from memlake.packs.lines import one_line, reading
from memlake.packs.redaction import Redactor

_BASIS = re.compile(r"\s*\[(?:stated|inferred)\]", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:the )?user (?=\S)")
_STATED = {"stated_month": "%Y-%m", "stated_year": "%Y"}
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A memory that may go into a pack; `seen_at` is when its text was seen last, `is_chosen`: by hand.

    `is_uncertain` where nothing tells whether it was there at the time of the pack, or read so.
    """

    key: MemoryRef
    text: str
    category: Category
    is_chosen: bool = False
    created_at: datetime | None
    created_at_basis: str | None
    seen_at: datetime | None
    is_uncertain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A memory that stays at home: nothing worth carrying is left of it without these classes."""

    memories: tuple[MemoryRef, ...]
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The items of a pack, what was left out, and how often each class was replaced in what was not."""

    items: tuple[PackItem, ...]
    left_out: tuple[LeftOut, ...]
    placeholders: Mapping[str, int]


def choose(
    memories: Sequence[Carried],
    redactor: Redactor,
    *,
    only: Collection[Category] = (),
) -> Chosen:
    """Return what goes into a pack, oldest first, what nobody dated last; `only` some categories, if any are named.

    Memories that differ in nothing but spaces, case, the last dot and a user named at the beginning are one item, in
    the words that were seen last and with the earliest date.
    """
    items: list[PackItem] = []
    left_out: list[LeftOut] = []
    placeholders: Counter[str] = Counter()
    redactor.learn(one_line(memory.text) for memory in memories)
    for alike in _alike(memories):
        newest = max(alike, key=lambda memory: (memory.seen_at is not None, memory.seen_at or _NEVER))
        keys = (newest.key, *(memory.key for memory in alike if memory is not newest))
        category = next((memory.category for memory in alike if memory.is_chosen), newest.category)
        if only and category not in only:
            continue
        redacted = redactor.redact(_line(newest))
        if redacted.is_left_out:
            classes = tuple(dict.fromkeys(span.label for span in redacted.spans))
            left_out.append(LeftOut(memories=keys, classes=classes))
            continue
        placeholders.update(span.label for span in redacted.spans)
        item = PackItem(
            number=len(items) + 1,
            text=redacted.text,
            saved_on=_saved_on(alike),
            category=category,
            memories=keys,
            placeholder_count=len(redacted.spans),
            addressed=words_to_the_reader(redacted.text),
        )
        items.append(item)
    return Chosen(items=tuple(items), left_out=tuple(left_out), placeholders=placeholders)


def _alike(memories: Iterable[Carried]) -> list[list[Carried]]:
    groups: dict[str, list[Carried]] = {}
    for memory in sorted(memories, key=lambda memory: memory.created_at or _NEVER):
        if line := _line(memory):
            words = reading(line)
            subject = _SUBJECT.match(words)
            groups.setdefault(words[subject.end() :] if subject else words, []).append(memory)
    return list(groups.values())


def _line(memory: Carried) -> str:
    """Return a memory on one line, without its assistant's mark for how it came to know it."""
    return one_line(_BASIS.sub("", memory.text))


def _saved_on(memories: Iterable[Carried]) -> str | None:
    """Return the earliest date, no finer than it was stated."""
    first = min(memories, key=lambda memory: memory.created_at or _NEVER)
    if first.created_at is None:
        return None
    return f"{first.created_at:{_STATED.get(first.created_at_basis or '', '%Y-%m-%d')}}"
