"""Which memories a conversation could use, and which conversations a memory, as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from rich.console import Group, RenderableType

from memlake.cli.cards import conversation_facts
from memlake.cli.invocation import Invocation
from memlake.cli.render import (
    Column,
    counted,
    facts,
    paragraph,
    people_time,
    section,
    table,
    telling_length,
    typed,
    with_remark,
)
from memlake.history.validity import ConversationWithMemory, MemoryInForce
from memlake.jobs.history import ConversationMemories, MemoryConversations
from memlake.query.conversations import ConversationHead

_MEMORY_COLUMNS = [Column(title="id"), Column(title=""), Column(title="memory", kind="text")]
_CONVERSATION_COLUMNS = [
    Column(title="id"),
    Column(title="created"),
    Column(title=""),
    Column(title="conversation", kind="text"),
]


def memories_view(known: ConversationMemories, invocation: Invocation) -> Iterator[RenderableType]:
    """Show what a conversation knew when it answered; a question mark where the exports leave it open."""
    head = known.conversation
    yield section(head.title or "(no title)", facts(conversation_facts(head)))
    length = telling_length([memory.memory_id for memory in known.memories])
    rows = [
        (memory.memory_id[:length], _mark(memory), with_remark(paragraph(memory.content), _remark(memory, head)))
        for memory in known.memories
    ]
    if rows:
        yield section("memories that it could use", table(_MEMORY_COLUMNS, rows))
    yield Group(
        paragraph(f"{_count_words(known.memories, 'memory')}; what was said:"),
        typed(invocation.command("show", head.conversation_id)),
    )


def conversations_view(used: MemoryConversations, invocation: Invocation) -> Iterator[RenderableType]:
    """Show every conversation that could use a memory; a question mark where the exports leave it open."""
    memory = used.memory
    yield section(memory.memory_id, paragraph(memory.content))
    length = telling_length([conversation.conversation_id for conversation in used.conversations])
    for content, group in groupby(used.conversations, key=attrgetter("content")):
        rows = [
            (
                conversation.conversation_id[:length],
                conversation.created_at,
                _mark(conversation),
                with_remark(paragraph(conversation.title or "(no title)"), conversation.why),
            )
            for conversation in group
        ]
        then = "" if content == memory.content else f" when it said: {content}"
        yield section(f"conversations that could use it{then}", table(_CONVERSATION_COLUMNS, rows))
    yield Group(
        paragraph(f"{_count_words(used.conversations, 'conversation')}; all about this memory:"),
        typed(invocation.command("show", memory.memory_id)),
    )


def _mark(use: MemoryInForce | ConversationWithMemory) -> str:
    return "?" if use.is_uncertain else ""


def _remark(memory: MemoryInForce, head: ConversationHead) -> str:
    """Say when in a conversation a memory began or ended, and what is uncertain about it."""
    begun, ended = memory.in_force_from, memory.in_force_to
    parts = [
        begun and head.created_at and begun > head.created_at and f"from {people_time(begun)} on",
        ended and head.updated_at and ended < head.updated_at and f"until {people_time(ended)}",
        memory.why,
    ]
    return "; ".join(part for part in parts if part)


def _count_words(uses: Sequence[MemoryInForce] | Sequence[ConversationWithMemory], noun: str) -> str:
    keys = {use.memory_id if isinstance(use, MemoryInForce) else use.conversation_id for use in uses}
    uncertain_count = sum(use.is_uncertain for use in uses)
    return counted(len(keys), noun) + (f", {uncertain_count:,} of them uncertain (?)" if uncertain_count else "")
