"""A memory or a conversation as people read it, and the choice of several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType

from memlake.cli.invocation import Invocation
from memlake.cli.life_view import events_table, state_facts
from memlake.cli.render import (
    NOTHING,
    Cell,
    Column,
    counted,
    facts,
    headline,
    indented,
    paragraph,
    people_creation,
    people_time,
    section,
    table,
    typed,
)
from memlake.cli.source_view import source_facts
from memlake.jobs.browse import MemoryCard
from memlake.packs.sorting import SortedMemory
from memlake.query.conversations import ConversationCard, ConversationHead, Turn
from memlake.query.finding import Found
from memlake.query.memories import MemorySource, Sighting


def memory_view(card: MemoryCard, invocation: Invocation) -> Iterator[RenderableType]:
    """Show one memory: what is known of it, what changed, and everywhere it was seen."""
    memory = card.memory
    yield section(memory.memory_id, paragraph(memory.content))
    private = "; ".join(f"{name}: {', '.join(reasons)}" for name, reasons in card.private.items())
    yield facts([*_memory_facts(memory), ("private", private or None)])
    yield section("source", *_source(card.source, invocation))
    events = events_table(card)
    if events:
        yield section("changes", events)
    yield section("seen in", *(_sighting(sighting, memory.content) for sighting in card.sightings))
    yield Group(
        paragraph("the conversations that could use it:"),
        typed(invocation.command("show", memory.memory_id, "--conversations")),
    )


def conversation_view(card: ConversationCard, *, is_all: bool) -> Iterator[RenderableType]:
    """Show a conversation; without `is_all` only what the chat itself shows."""
    head = card.conversation
    turns = [turn for turn in card.turns if is_all or turn.is_shown_in_chat]
    yield section(head.title or "(no title)", facts(conversation_facts(head)))
    for turn in turns:
        text = turn.text if is_all else turn.chat_text
        yield Group(headline(_turn_title(turn)), indented(paragraph(text or "(no text)")))
    hidden_count = len(card.turns) - len(turns)
    if hidden_count:
        yield paragraph(
            f"{counted(hidden_count, 'more message')} with --all: hidden, of tools, or on abandoned branches"
        )


def choice_view(
    found: Sequence[Found], invocation: Invocation, *, words: Sequence[str] = ("show",), rest: Sequence[str] = ()
) -> Iterator[RenderableType]:
    """Show what fits several times, and how to choose: with the words of a command before and after the id."""
    titles, rows = choice_table(found)
    yield table([Column(title=title, kind="text" if title == "text" else "word") for title in titles], rows)
    first = found[0]
    account = ["--account", first.account_key] if _are_of_several_accounts(found) else []
    chosen = invocation.command(words[0], *account, *words[1:], first.item_id, *rest)
    yield Group(paragraph(f"{len(found)} fit; choose one:"), typed(chosen))


def _memory_facts(memory: SortedMemory) -> list[tuple[str, Cell]]:
    """Return what is known about a memory as a whole."""
    created = people_creation(memory.created_at, memory.created_at_basis, with_time=True)
    return [
        ("account", memory.account_key),
        ("about", memory.subject),
        ("category", f"{memory.category} ({memory.category_reason})"),
        *state_facts(memory),
        ("enabled", memory.enabled if memory.enabled is not None else "unknown"),
        ("created", f"{created} ({memory.created_at_basis})" if created else "unknown"),
        ("updated", memory.updated_at),
        ("edited", memory.is_edited),
        ("first seen", memory.first_seen_at),
        ("last seen", memory.last_seen_at),
    ]


def choice_table(found: Sequence[Found]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the titles and rows of a choice; whose a thing is only where they are of several accounts."""
    titles = ("account", "id", "kind", "text")
    rows = [(item.account_key, item.item_id, item.kind, (item.text or NOTHING).partition("\n")[0]) for item in found]
    return (titles, [*rows]) if _are_of_several_accounts(found) else (titles[1:], [row[1:] for row in rows])


def _source(source: MemorySource, invocation: Invocation) -> Iterator[RenderableType]:
    if source.level is None:
        yield paragraph("not looked up yet:")
        yield typed(invocation.command("lookup-sources"))
    else:
        yield facts(source_facts(source))


def _are_of_several_accounts(found: Sequence[Found]) -> bool:
    return len({item.account_key for item in found}) > 1


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


def conversation_facts(head: ConversationHead) -> list[tuple[str, Cell]]:
    """Return what is known about a conversation as a whole."""
    return [
        ("id", head.conversation_id),
        ("account", head.account_key),
        ("url", head.url),
        ("created", head.created_at),
        ("updated", head.updated_at),
        ("messages", head.message_count),
        ("project", head.project_id),
        ("model", head.model),
        ("memory scope", head.memory_scope),
        ("excluded from memory", head.is_do_not_remember or None),
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
