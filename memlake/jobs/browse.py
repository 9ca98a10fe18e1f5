"""Reading the lake for people: the list of memories, and one thing as a card."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from memlake.errors import MemlakeError
from memlake.history.changes import MemoryChange, changes_of_memory
from memlake.jobs.accounts import account_named
from memlake.lake.connection import Database
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake
from memlake.packs.sorting import SortedMemory, of_categories, private_reasons, sort_memories
from memlake.query.conversations import ConversationCard, conversation_card
from memlake.query.finding import KINDS, Found, Kind, find
from memlake.query.memories import (
    Forgetting,
    MemorySource,
    Sighting,
    forgettings_of,
    list_memories,
    one_memory,
    sightings_of,
    source_of,
)

_HINTS: dict[Kind, str] = {
    "memory": "memlake list shows all memories with their ids",
    "conversation": "name it by words of its title, or by its id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryCard:
    """A memory with its source, everywhere it was seen, every call to forget it and all that happened to it.

    The last three are in order, oldest first. Among the changes are those of the whole list while the memory was in it.
    `private` has the reasons why something in it is, by class.
    """

    memory: SortedMemory
    private: Mapping[str, Sequence[str]]
    source: MemorySource
    sightings: tuple[Sighting, ...]
    forgettings: tuple[Forgetting, ...]
    changes: tuple[MemoryChange, ...]


def list_the_memories(
    lake: Path,
    *,
    account: str | None = None,
    channel: str | None = None,
    text: str | None = None,
    states: Sequence[str] = (),
    categories: Collection[str] = (),
) -> list[SortedMemory]:
    """Return the memories of one account or all, of some categories or all, oldest first."""
    with open_lake(Layout(lake)) as database:
        memories = list_memories(
            database, account_key=account_named(database, account), channel=channel, text=text, states=states
        )
        found = sort_memories(database, memories)
    return list(of_categories(found, categories))


def show(lake: Path, words: str, *, account: str | None = None) -> MemoryCard | ConversationCard | list[Found]:
    """Return the memory or conversation that somebody means, or the choice if several fit.

    Raises `MemlakeError` if nothing fits.
    """
    with open_lake(Layout(lake)) as database:
        found = fitting(database, words, account=account)
        if len(found) > 1:
            return found
        if found[0].kind == "memory":
            return memory_card(database, found[0])
        return conversation_card(database, found[0].account_key, found[0].item_id)


def fitting(
    database: Database,
    words: str,
    *,
    account: str | None,
    kinds: Sequence[Kind] = KINDS,
    option_for_others: str | None = None,
) -> list[Found]:
    """Return what somebody may mean, at least one thing.

    Raises `MemlakeError` if nothing fits; where something of another kind does, its hint is `show` with the option
    for that.
    """
    account_key = account_named(database, account)
    found = find(database, words, account_key=account_key, kinds=kinds)
    if found:
        return found
    hint = _HINTS[kinds[0]]
    if option_for_others:
        others = find(database, words, account_key=account_key, kinds=[kind for kind in KINDS if kind not in kinds])
        hint = f"a {others[0].kind} does: memlake show {shlex.join([option_for_others, words])}" if others else hint
    raise MemlakeError(f"{' and '.join(f'no {kind}' for kind in kinds)} fits {words!r}", hint=hint)


def memory_card(database: Database, found: Found) -> MemoryCard:
    """Return the memory that was found."""
    key = found.account_key, found.item_id
    memory = sort_memories(database, [one_memory(database, *key)])[0]
    return MemoryCard(
        memory=memory,
        private=private_reasons(memory.content),
        source=source_of(database, *key),
        sightings=sightings_of(database, *key),
        forgettings=forgettings_of(database, *key),
        changes=changes_of_memory(database, *key),
    )
