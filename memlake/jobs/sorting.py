"""Putting memories under categories by hand, and finding those that hold something private."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path

from memlake.jobs.browse import fitting, list_the_memories
from memlake.lake.choices import write_choice
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake
from memlake.lake.revision import guarded, only_writer, revision
from memlake.packs.categories import Category
from memlake.packs.sorting import PrivateMemory, SortedMemory, private_memories, sort_memories
from memlake.query.finding import Found
from memlake.query.memories import one_memory

JOB = "set-category"


def set_category(
    lake: Path,
    memory: str,
    category: Category | None,
    *,
    account: str | None,
    clock: Callable[[], datetime],
    wait_seconds: float = 0.0,
) -> SortedMemory | list[Found]:
    """Keep under which category a memory belongs; `None` gives it back to the rules.

    Returns the memory as it is sorted from now on, or the choice if several fit the words.
    """
    layout = Layout(lake)
    with open_lake(layout) as database:
        found = fitting(database, memory, account=account, kinds=["memory"])
    if len(found) > 1:
        return found
    key = found[0].account_key, found[0].item_id
    with (
        only_writer(layout, job=JOB, wait_seconds=wait_seconds),
        guarded(layout, wait_seconds=wait_seconds) as guard,
        revision(layout, guard=guard) as database,
    ):
        write_choice(database, account_key=key[0], memory_id=key[1], category=category, decided_at=clock())
    with open_lake(layout) as database:
        return sort_memories(database, [one_memory(database, *key)])[0]


def list_private_memories(
    lake: Path,
    classes: Collection[str],
    *,
    account: str | None = None,
    channel: str | None = None,
    text: str | None = None,
    states: Sequence[str] = (),
    categories: Collection[str] = (),
) -> list[PrivateMemory]:
    """Return the memories in which something of one of these classes is private, oldest first."""
    memories = list_the_memories(
        lake, account=account, channel=channel, text=text, states=states, categories=categories
    )
    return list(private_memories(memories, classes))
