"""The list of memories as people read it: as it is known now, and as it stood at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from rich.console import Group, RenderableType

from memlake.cli.invocation import Invocation
from memlake.cli.render import (
    NOTHING,
    Cell,
    Column,
    counted,
    facts,
    paragraph,
    people_creation,
    people_date,
    people_time,
    section,
    table,
    telling_length,
    typed,
    with_remark,
)
from memlake.history.validity import MemoryAsOf
from memlake.packs.categories import CATEGORIES
from memlake.packs.sorting import PrivateMemory, SortedMemory
from memlake.query.memories import STATES, ListedMemory

LIST_TITLES = ("id", "created", "state", "origin", "memory")
SORTED_TITLES = ("id", "category", "memory", "why")
PRIVATE_TITLES = ("id", "private", "memory", "why")
AS_OF_TITLES = ("id", "since", "enabled", "memory", "uncertain")
SWITCHES = {True: "yes", False: "no", None: NOTHING}
_LIST_COLUMNS = [Column(title=title, kind="text" if title == "memory" else "word") for title in LIST_TITLES]
_SORTED_COLUMNS, _PRIVATE_COLUMNS = (
    [Column(title=title, kind="text" if title in ("memory", "why") else "word") for title in titles]
    for titles in (SORTED_TITLES, PRIVATE_TITLES)
)
_AS_OF_COLUMNS = [
    Column(title="id"),
    Column(title="since"),
    Column(title="enabled"),
    Column(title=""),
    Column(title="memory", kind="text"),
]

AMemory = TypeVar("AMemory", SortedMemory, PrivateMemory, MemoryAsOf)


def list_view(memories: Sequence[SortedMemory], invocation: Invocation) -> Iterator[RenderableType]:
    """Show the list of memories, one table an account."""
    if not memories:
        yield from _nothing(invocation, "no memories")
        return
    length = telling_length([memory.memory_id for memory in memories])
    yield from _tables(memories, _LIST_COLUMNS, lambda memory: _list_cells(memory, length))
    counts = Counter(memory.state for memory in memories)
    states = ", ".join(f"{counts[state]:,} {state}" for state in STATES if state in counts)
    yield Group(
        paragraph(f"{counted(len(memories), 'memory')}: {states}; all about one:"),
        typed(invocation.command("show", memories[-1].memory_id[:length])),
    )


def list_row(memory: SortedMemory, shown_id: str) -> tuple[str, ...]:
    """Return what a list says about a memory, in the order of `LIST_TITLES`."""
    created = people_creation(memory.created_at, memory.created_at_basis) or NOTHING
    return shown_id, created, memory.state, memory.origin or NOTHING, memory.told


def sorted_view(
    memories: Sequence[SortedMemory], invocation: Invocation, *, others_count: int
) -> Iterator[RenderableType]:
    """Show memories with their categories and what decided, one table an account, and how many are of others."""
    others = f"; {others_count:,} of other categories {'is' if others_count == 1 else 'are'} not shown"
    others = others if others_count else ""
    if not memories:
        yield from _nothing(invocation, f"no memories{others}")
        return
    length = telling_length([memory.memory_id for memory in memories])
    yield from _tables(memories, _SORTED_COLUMNS, lambda memory: sorted_row(memory, memory.memory_id[:length]))
    counts = Counter(memory.category for memory in memories)
    told = ", ".join(f"{counts[category]:,} {category}" for category in CATEGORIES if category in counts)
    yield Group(
        paragraph(f"{counted(len(memories), 'memory')}: {told}{others}; to put one under another category:"),
        typed(invocation.command("list", memories[-1].memory_id[:length], "--set-category", "other")),
    )


def sorted_row(memory: SortedMemory, shown_id: str) -> tuple[str, ...]:
    """Return what a list of a category says about a memory, in the order of `SORTED_TITLES`."""
    return shown_id, memory.category, memory.told, memory.category_reason


def private_view(memories: Sequence[PrivateMemory]) -> Iterator[RenderableType]:
    """Show memories with something private in them and what tells it, one table an account."""
    if not memories:
        yield paragraph("no such memories, as far as words and forms tell")
        return
    length = telling_length([memory.memory_id for memory in memories])
    yield from _tables(memories, _PRIVATE_COLUMNS, lambda memory: private_row(memory, memory.memory_id[:length]))
    yield paragraph(
        f"{counted(len(memories), 'memory')}; what is private in other words than these is not found. "
        "To be rid of one, tell the assistant to forget it, and change a password that it knows."
    )


def private_row(memory: PrivateMemory, shown_id: str) -> tuple[str, ...]:
    """Return what a list of private things says about a memory, in the order of `PRIVATE_TITLES`."""
    return shown_id, "\n".join(memory.private_classes), memory.told, "; ".join(memory.private_reasons)


def choice_of_category_view(
    memory: SortedMemory, invocation: Invocation, *, is_automatic: bool
) -> Iterator[RenderableType]:
    """Show under which category a memory is from now on."""
    yield section(memory.memory_id, paragraph(memory.told))
    yield facts([("category", memory.category), ("why", memory.category_reason)])
    if not is_automatic:
        yield Group(
            paragraph("it stays there; to sort it by its words again:"),
            typed(invocation.command("list", memory.memory_id, "--set-category", "auto")),
        )


def as_of_view(
    memories: Sequence[MemoryAsOf], moment: datetime, invocation: Invocation, *, first_list_at: datetime | None = None
) -> Iterator[RenderableType]:
    """Show the list of memories as it stood at a time; a question mark where the exports leave something open.

    `first_list_at` is when the first list was made, where that was later.
    """
    first = first_list_at and people_time(first_list_at)
    if not memories:
        told = f"no export tells of that time: the first list is of {first}" if first else "no memories"
        yield from _nothing(invocation, told)
        return
    length = telling_length([memory.memory_id for memory in memories])
    yield from _tables(memories, _AS_OF_COLUMNS, lambda memory: _as_of_cells(memory, length))
    uncertain_count = sum(memory.is_uncertain for memory in memories)
    marked = f", {uncertain_count:,} of them uncertain (?)" if uncertain_count else ""
    if first:
        yield paragraph(f"the first list is of {first}: what else was there before it is not known")
    yield Group(
        paragraph(f"{counted(len(memories), 'memory')} as of {people_time(moment)}{marked}; all about one:"),
        typed(invocation.command("show", memories[-1].memory_id[:length])),
    )


def as_of_row(memory: MemoryAsOf) -> tuple[str, ...]:
    """Return what a list as of a time says about a memory, in the order of `AS_OF_TITLES`."""
    since = people_date(memory.valid_from) or NOTHING
    doubt = (memory.why or "yes") if memory.is_uncertain else NOTHING
    return memory.memory_id, since, SWITCHES[memory.enabled], memory.content, doubt


def _list_cells(memory: SortedMemory, id_length: int) -> tuple[Cell, ...]:
    *told, content = list_row(memory, memory.memory_id[:id_length])
    return *told, with_remark(paragraph(content), _merged_words(memory, id_length))


def _as_of_cells(memory: MemoryAsOf, id_length: int) -> tuple[Cell, ...]:
    _, since, enabled, content, _ = as_of_row(memory)
    remarks = "; ".join(filter(None, [memory.why, _merged_words(memory, id_length)]))
    sign = "?" if memory.is_uncertain else ""
    return memory.memory_id[:id_length], since, enabled, sign, with_remark(paragraph(content), remarks)


def _merged_words(memory: ListedMemory | MemoryAsOf, id_length: int) -> str | None:
    """Return which other statements the sentence of one stands for, too."""
    others = ", ".join(other[:id_length] for other in memory.merged_with or ())
    return f"one sentence with {others}" if others else None


def _tables(
    memories: Sequence[AMemory], columns: Sequence[Column], cells: Callable[[AMemory], Sequence[Cell]]
) -> Iterator[RenderableType]:
    accounts = list(dict.fromkeys(memory.account_key for memory in memories))
    for account_key in accounts:
        grid = table(columns, [cells(memory) for memory in memories if memory.account_key == account_key])
        yield section(account_key, grid) if len(accounts) > 1 else grid


def _nothing(invocation: Invocation, words: str) -> Iterator[RenderableType]:
    yield paragraph(words)
    yield Group(paragraph("what this lake can answer, and why not more:"), typed(invocation.command("status")))
