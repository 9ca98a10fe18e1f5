"""Which memories of a lake a pack is made of: those of a state or a time, and not what its target has itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from memlake.history.validity import memories_as_of
from memlake.lake.connection import Database
from memlake.lake.links import MemoryKey
from memlake.packs.choosing import Carried
from memlake.packs.items import MemoryRef
from memlake.packs.sorting import CHOSEN, SortedMemory, sort_memories
from memlake.query.memories import ListedMemory, list_memories, outdated_statements

CURRENT = ("active",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packable:
    """The memories for a pack, and how many there are beside them.

    `passed_over` counts them by the states that were not asked for, deleted ones aside, `outdated_count` those in a
    text that the newest export of their account does not have, `own_count` those of the target's own assistant.
    `emptied` counts by account those of which nothing tells whether they are still there, where that is all it has.
    """

    memories: list[Carried]
    passed_over: Mapping[str, int]
    outdated_count: int
    own_count: int
    emptied: Mapping[str, int]


def packable(
    database: Database,
    *,
    account_key: str | None,
    own_assistant: str | None,
    states: Sequence[str] = (),
    as_of: datetime | None = None,
) -> Packable:
    """Return the memories of an account, or of all but those of the target's own assistant.

    Without states or a time these are the current ones: active, and as far as texts go in the newest export.
    """
    listed = list_memories(database, account_key=account_key)
    others = [one for one in listed if account_key or one.account_key.partition(":")[0] != own_assistant]
    own = [one for one in listed if not account_key and one.account_key.partition(":")[0] == own_assistant]
    choose = _Choice(database, states, as_of)
    found = choose.among(others)
    return Packable(
        memories=_carried(sort_memories(database, found.memories), listed, found.uncertain),
        passed_over=choose.passed_over(others),
        outdated_count=found.outdated_count,
        own_count=len(choose.among(own).memories),
        emptied=_emptied(others),
    )


class _Found(NamedTuple):
    """Memories, how many are outdated, and of which nothing tells whether they were there at the time, or read so."""

    memories: list[ListedMemory]
    outdated_count: int = 0
    uncertain: frozenset[MemoryKey] = frozenset()


class _Choice:
    """Chooses by state or time."""

    def __init__(self, database: Database, states: Sequence[str], as_of: datetime | None) -> None:
        self._states = tuple(states) or CURRENT
        self._as_of = as_of
        self._then = [] if as_of is None else memories_as_of(database, as_of, states=self._states)
        self._outdated = outdated_statements(database) if as_of is None and not states else frozenset()

    def among(self, listed: Sequence[ListedMemory]) -> _Found:
        """Return what is chosen of some memories; of a time in the words of that time."""
        if self._as_of is None:
            in_state = [memory for memory in listed if memory.state in self._states]
            current = [memory for memory in in_state if _key(memory) not in self._outdated]
            return _Found(current, outdated_count=len(in_state) - len(current))
        known = {_key(memory): memory for memory in listed}
        then = [(known[key], one) for one in self._then if (key := (one.account_key, one.memory_id)) in known]
        return _Found(
            [replace(memory, content=one.content, last_seen_at=one.valid_from) for memory, one in then],
            uncertain=frozenset(_key(memory) for memory, one in then if one.is_uncertain),
        )

    def passed_over(self, listed: Sequence[ListedMemory]) -> Mapping[str, int]:
        """Count what is in other states; of a time none is."""
        if self._as_of is not None:
            return {}
        return Counter(memory.state for memory in listed if memory.state not in (*self._states, "deleted"))


def _emptied(listed: Sequence[ListedMemory]) -> Mapping[str, int]:
    """Return how many memories are of an unknown state, by the accounts that have no others; deleted ones aside."""
    states: dict[str, Counter[str]] = {}
    for memory in listed:
        if memory.state != "deleted":
            states.setdefault(memory.account_key, Counter())[memory.state] += 1
    return {key: counts["unknown"] for key, counts in states.items() if set(counts) == {"unknown"}}


def _carried(
    memories: Sequence[SortedMemory], listed: Sequence[ListedMemory], uncertain: frozenset[MemoryKey]
) -> list[Carried]:
    """Return memories on their way, each with its place in the whole list of its account."""
    counts: Counter[str] = Counter()
    numbers: dict[MemoryKey, int] = {}
    for one in listed:
        counts[one.account_key] += 1
        numbers[_key(one)] = counts[one.account_key]
    return [
        Carried(
            key=MemoryRef(account_key=memory.account_key, memory_id=memory.memory_id),
            list_number=numbers[_key(memory)],
            text=memory.told,
            category=memory.category,
            is_chosen=memory.category_reason == CHOSEN,
            created_at=memory.created_at,
            created_at_basis=memory.created_at_basis,
            seen_at=memory.last_seen_at,
            is_uncertain=_key(memory) in uncertain,
            is_about_another=memory.is_about_another,
        )
        for memory in memories
    ]


def _key(memory: ListedMemory) -> MemoryKey:
    return memory.account_key, memory.memory_id
