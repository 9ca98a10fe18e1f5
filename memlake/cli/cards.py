"""Memories and conversations as people read them: the list, one as a card, and the choice of several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType

from memlake.cli.invocation import Invocation
from memlake.cli.render import (
    NOTHING,
    Cell,
    Column,
    counted,
    facts,
    headline,
    indented,
    paragraph,
    people_date,
    people_time,
    section,
    table,
    telling_length,
    typed,
)
from memlake.query.conversations import ConversationCard, ConversationHead, Turn
from memlake.query.finding import Found
from memlake.query.memories import ListedMemory, MemoryCard, Sighting

LIST_TITLES = ("id", "created", "last seen", "enabled", "seen in", "memory")


def list_view(memories: Sequence[ListedMemory], invocation: Invocation) -> Iterator[RenderableType]:
    """Show the list of memories, one table an account."""
    if not memories:
        yield paragraph("no memories")
        yield Group(paragraph("what this lake can answer, and why not more:"), typed(invocation.command("status")))
        return
    length = telling_length([memory.memory_id for memory in memories])
    accounts = list(dict.fromkeys(memory.account_key for memory in memories))
    for account_key in accounts:
        rows = [list_row(memory, memory.memory_id[:length]) for memory in memories if memory.account_key == account_key]
        grid = table([*map(_list_column, LIST_TITLES)], rows)
        yield section(account_key, grid) if len(accounts) > 1 else grid
    one = memories[-1].memory_id[:length]
    yield Group(
        paragraph(f"{counted(len(memories), 'memory')} seen at any time; one with all its sightings:"),
        typed(invocation.command("show", one)),
    )


def list_row(memory: ListedMemory, shown_id: str) -> tuple[str, ...]:
    """Return what a list says about a memory, in the order of `LIST_TITLES`."""
    enabled = {True: "yes", False: "no", None: NOTHING}[memory.enabled]
    created, seen = (people_date(moment) or NOTHING for moment in (memory.created_at, memory.last_seen_at))
    return shown_id, created, seen, enabled, memory.channel, memory.content


def memory_view(card: MemoryCard) -> Iterator[RenderableType]:
    """Show one memory with everywhere it was seen."""
    memory = card.memory
    yield section(memory.memory_id, paragraph(memory.content))
    created = memory.created_at and f"{people_time(memory.created_at)} ({memory.created_at_basis})"
    yield facts(
        [
            ("account", memory.account_key),
            ("enabled", memory.enabled if memory.enabled is not None else "unknown"),
            ("created", created or "unknown"),
            ("updated", memory.updated_at),
            ("first seen", memory.first_seen_at),
            ("last seen", memory.last_seen_at),
        ]
    )
    yield section("seen in", *(_sighting(sighting, memory.content) for sighting in card.sightings))


def conversation_view(card: ConversationCard, *, is_all: bool) -> Iterator[RenderableType]:
    """Show a conversation; without `is_all` only what the chat itself shows."""
    head = card.conversation
    turns = [turn for turn in card.turns if is_all or turn.is_shown_in_chat]
    yield section(head.title or "(no title)", facts(_conversation_facts(head)))
    for turn in turns:
        yield Group(headline(_turn_title(turn)), indented(paragraph(turn.text or "(no text)")))
    hidden_count = len(card.turns) - len(turns)
    if hidden_count:
        yield paragraph(
            f"{counted(hidden_count, 'more message')} with --all: hidden, of tools, or on abandoned branches"
        )


def choice_view(found: Sequence[Found], invocation: Invocation) -> Iterator[RenderableType]:
    """Show what fits several times."""
    columns = [Column(title="id"), Column(title="kind"), Column(title="text", kind="text")]
    yield table(columns, [(item.item_id, item.kind, (item.text or NOTHING).partition("\n")[0]) for item in found])
    yield Group(paragraph(f"{len(found)} fit; choose one:"), typed(invocation.command("show", found[0].item_id)))


def _list_column(title: str) -> Column:
    return Column(title=title, kind="text" if title == "memory" else "word")


def _sighting(sighting: Sighting, content: str) -> RenderableType:
    when = people_time(sighting.seen_at) if sighting.seen_at else "unknown time"
    place = sighting.title or sighting.conversation_id or sighting.file_name or NOTHING
    details = facts(
        [
            ("text", sighting.content if sighting.content != content else None),
            ("enabled", sighting.enabled),
            ("export", sighting.export_id),
            ("conversation", sighting.conversation_id),
            ("url", sighting.url),
        ]
    )
    return Group(paragraph(f"{when}  {sighting.channel}  {place}"), indented(details))


def _conversation_facts(head: ConversationHead) -> list[tuple[str, Cell]]:
    return [
        ("id", head.conversation_id),
        ("account", head.account_key),
        ("url", head.url),
        ("created", head.created_at),
        ("updated", head.updated_at),
        ("messages", head.message_count),
        ("project", head.project_id),
        ("model", head.model),
        ("archived", head.is_archived or None),
        ("gone from the newest export", head.is_vanished or None),
    ]


def _turn_title(turn: Turn) -> str:
    who = " ".join(filter(None, [turn.role or "unknown", turn.author_name and f"({turn.author_name})"]))
    marks = [
        turn.created_at and people_time(turn.created_at),
        turn.recipient and turn.recipient != "all" and f"to {turn.recipient}",
        turn.is_voice and "spoken",
        turn.action and f"memory: {turn.action}",
        turn.is_hidden and "hidden",
        not turn.is_on_active_path and "abandoned branch",
    ]
    return ", ".join([who, *(mark for mark in marks if mark)])
