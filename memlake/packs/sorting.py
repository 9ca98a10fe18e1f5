"""Memories with their categories: what words tell, or what a person chose instead; and with what is private in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, cast

from memlake.lake.choices import choices
from memlake.lake.connection import Database
from memlake.lake.links import MemoryKey
from memlake.packs.categories import Category, Sorted, categorise, own_names
from memlake.packs.private import CLASSES, Detector
from memlake.query.memories import ListedMemory

CHOSEN = "you chose it"


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedMemory(ListedMemory):
    """A memory of the list, with its category and why it is that."""

    category: Category
    category_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateMemory(SortedMemory):
    """A memory in which something is private: of which classes, and why, in the order of the text."""

    private_classes: Sequence[str]
    private_reasons: Sequence[str]


def sort_memories(database: Database, memories: Sequence[ListedMemory]) -> list[SortedMemory]:
    """Return memories with their categories, in their order: what somebody chose, else what their words tell."""
    chosen, names = choices(database), _names(database)
    return [_sorted_memory(memory, chosen, names.get(memory.account_key, frozenset())) for memory in memories]


def of_categories(memories: Iterable[SortedMemory], categories: Collection[str]) -> Iterator[SortedMemory]:
    """Yield the memories of some categories; none named means all."""
    return (memory for memory in memories if not categories or memory.category in categories)


def private_memories(memories: Iterable[SortedMemory], classes: Collection[str]) -> Iterator[PrivateMemory]:
    """Yield the memories in which something of one of these classes is private."""
    detector = Detector()
    for memory in memories:
        found = [span for label in classes for span in detector.find(memory.content, [label])]
        if found:
            found.sort()
            yield PrivateMemory(
                **_values(memory, SortedMemory),
                private_classes=list(dict.fromkeys(span.label for span in found)),
                private_reasons=list(dict.fromkeys(span.reason for span in found)),
            )


def private_reasons(text: str) -> dict[str, list[str]]:
    """Return why something in a text is private, by the class of it; of none where nothing is."""
    detector = Detector()
    found = {label: detector.find(text, [label]) for label in CLASSES}
    return {label: list(dict.fromkeys(span.reason for span in spans)) for label, spans in found.items() if spans}


def _sorted_memory(memory: ListedMemory, chosen: Mapping[MemoryKey, str], names: Collection[str]) -> SortedMemory:
    choice = chosen.get((memory.account_key, memory.memory_id))
    told = categorise(memory.content, names=names) if choice is None else Sorted(cast("Category", choice), CHOSEN)
    return SortedMemory(**_values(memory, ListedMemory), category=told.category, category_reason=told.reason)


def _names(database: Database) -> dict[str, frozenset[str]]:
    """Return what the person of each account is called in its memories, all of them."""
    texts: dict[str, list[str]] = {}
    for account_key, content in database.query("select account_key, content from memories").rows:
        texts.setdefault(account_key, []).append(content)
    return {account_key: own_names(contents) for account_key, contents in texts.items()}


def _values(memory: ListedMemory, kind: type[ListedMemory]) -> dict[str, Any]:
    return {field.name: getattr(memory, field.name) for field in fields(kind)}
