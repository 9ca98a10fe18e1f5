"""Reading the lake for people: the list of memories, and one thing as a card."""

from __future__ import annotations

from pathlib import Path

from memlake.errors import MemlakeError
from memlake.jobs.accounts import account_named
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake
from memlake.query.conversations import ConversationCard, conversation_card
from memlake.query.finding import Found, find
from memlake.query.memories import ListedMemory, MemoryCard, list_memories, memory_card


def list_the_memories(
    lake: Path, *, account: str | None = None, channel: str | None = None, text: str | None = None
) -> list[ListedMemory]:
    """Return the memories of one account or all, oldest first."""
    with open_lake(Layout(lake)) as database:
        return list_memories(database, account_key=account_named(database, account), channel=channel, text=text)


def show(lake: Path, words: str, *, account: str | None = None) -> MemoryCard | ConversationCard | list[Found]:
    """Return the memory or conversation that somebody means, or the choice if several fit.

    Raises `MemlakeError` if nothing fits.
    """
    with open_lake(Layout(lake)) as database:
        found = find(database, words, account_key=account_named(database, account))
        if not found:
            raise MemlakeError(
                f"no memory and no conversation fits {words!r}", hint="memlake list shows all memories with their ids"
            )
        if len(found) > 1:
            return found
        if found[0].kind == "memory":
            return memory_card(database, found[0].account_key, found[0].item_id)
        return conversation_card(database, found[0].account_key, found[0].item_id)
