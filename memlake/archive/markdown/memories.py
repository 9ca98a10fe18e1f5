"""`memories.md`: the whole list of memories for people, and the same as a published recipe for jq prints it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from memlake.archive.markdown.accounts import Accounts
from memlake.archive.markdown.conversation_page import turn_heading
from memlake.archive.markdown.inline import UNTITLED, code, paragraphs, plain, web_link, wiki_link, without_marks
from memlake.archive.markdown.words import counted, day, minute
from memlake.archive.scope import Scope
from memlake.lake import sqlfiles
from memlake.lake.connection import Database

_LIKELY = "likely"
_SECTIONS = {
    "active": ("Active", "On, or never seen off."),
    "disabled": ("Disabled", "Switched off; it may still influence answers."),
    "unknown": ("Unknown", "The exports cannot tell whether they are still there."),
    "deleted": ("Deleted", ""),
    _LIKELY: ("Likely", "Guessed from the words of chats; nothing lists or records them."),
}
_ORIGINS = {
    "auto": "saved by the assistant of its own accord",
    "requested": "saved because you asked for it",
    "manual": "written by you",
}
_SPEAKERS = {"user": "you said", "document": "you pasted", "assistant": "the assistant said"}
_LEVELS = {
    "recorded": "recorded, certain",
    "verbatim": "word for word",
    "near_verbatim": "nearly word for word",
    "paraphrase": "paraphrase",
}
_NOT_FOUND = "none"
_LONGEST_QUOTE = 400
_INDENT = "  "


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMemory:
    """A memory with its source, as an archive lists it."""

    account_key: str
    memory_id: str
    channel: str
    content: str
    state: str
    state_reason: str | None
    enabled: bool | None
    created_at: datetime | None
    created_at_basis: str | None
    updated_at: datetime | None
    is_edited: bool | None
    origin: str | None
    first_seen_at: datetime | None
    last_seen_at: datetime | None
    deleted_after: datetime | None
    deleted_before: datetime | None
    deleted_at: datetime | None
    section: str | None
    level: str | None
    confidence: float | None
    is_confirmed: bool
    conversation_id: str | None
    title: str | None
    url: str | None
    message_at: datetime | None
    quote: str | None
    said_by: str | None
    why: str
    message_position: int | None
    message_role: str | None

    @property
    def has_source(self) -> bool:
        """Tell whether the conversation that it came from is known."""
        return self.conversation_id is not None and self.level != _NOT_FOUND

    @property
    def source_key(self) -> tuple[str, str]:
        """The conversation that it came from."""
        return self.account_key, self.conversation_id or ""


def kept_memories(database: Database, scope: Scope) -> list[KeptMemory]:
    """Return the memories of an archive, likely ones too."""
    parameters: dict[str, object] = {"account_key": scope.account_key, "since": scope.since}
    rows = database.query(sqlfiles.report("archive_memories"), parameters)
    return [KeptMemory(**row) for row in rows.as_dicts()]


def memory_list(memories: Sequence[KeptMemory], pages: Mapping[tuple[str, str], str], accounts: Accounts) -> str:
    """Return the page; `pages` are the names of the conversations' pages that are in the archive."""
    account_keys = list(dict.fromkeys(memory.account_key for memory in memories))
    parts = ["# Memories\n", f"{_count_words(memories)}\n"]
    for account_key in account_keys:
        of_account = [memory for memory in memories if memory.account_key == account_key]
        if accounts.are_several:
            parts.append(f"## {plain(accounts.name(account_key))}\n")
            parts.append(f"account {code(account_key)}\n")
        signs = "###" if accounts.are_several else "##"
        for name, (title, meaning) in _SECTIONS.items():
            listed = [memory for memory in of_account if _section_of(memory) == name]
            if listed:
                parts.append(f"{signs} {title} ({len(listed):,})\n")
                parts.extend([f"{meaning}\n"] if meaning else [])
                parts.extend(_item(memory, pages) for memory in listed)
    return "\n".join(parts)


def classic_list(memories: Sequence[KeptMemory]) -> str:
    """Return what the recipe prints of the lake in the shape of `memory.json`: without deleted and likely memories."""
    listed = [memory for memory in memories if _section_of(memory) not in ("deleted", _LIKELY)]
    lines = ["# ChatGPT Memory Archive\n", *(_classic_line(memory) for memory in listed)]
    return "\n".join(lines) + "\n"


def _classic_line(memory: KeptMemory) -> str:
    off = "(disabled) " if memory.enabled is False else ""
    return f"- **{day(memory.created_at) or ''}** {off}{memory.content}"


def _section_of(memory: KeptMemory) -> str:
    return _LIKELY if memory.channel == _LIKELY else memory.state


def _count_words(memories: Sequence[KeptMemory]) -> str:
    sections = [_section_of(memory) for memory in memories]
    listed_count = len(memories) - sections.count(_LIKELY)
    counts = [f"{sections.count(name):,} {name}" for name in _SECTIONS if name in sections and name != _LIKELY]
    words = f"{counted(listed_count, 'memory')}: {', '.join(counts)}" if counts else "No memories"
    return f"{words}; likely ones beside them: {sections.count(_LIKELY):,}." if _LIKELY in sections else f"{words}."


def _item(memory: KeptMemory, pages: Mapping[tuple[str, str], str]) -> str:
    facts = "".join(f"{_INDENT}- {fact}\n" for fact in _facts(memory, pages))
    return f"- {paragraphs(memory.content, _INDENT) or '(no text)'}\n{facts}"


def _facts(memory: KeptMemory, pages: Mapping[tuple[str, str], str]) -> Iterator[str]:
    yield "; ".join(filter(None, _dates(memory)))
    if memory.state == "unknown" and memory.state_reason:
        yield f"state unknown: {plain(memory.state_reason)}"
    if memory.origin in _ORIGINS:
        yield _ORIGINS[memory.origin]
    if memory.section:
        yield f"under “{plain(memory.section)}”"
    if memory.quote:
        quote = without_marks(memory.quote)
        quote = quote if len(quote) <= _LONGEST_QUOTE else f"{quote[: _LONGEST_QUOTE - 1]}…"
        yield f"{_SPEAKERS.get(memory.said_by or '', 'the words')}: “{plain(quote)}”"
    yield from _source(memory, pages)
    yield f"id {code(memory.memory_id)}"


def _dates(memory: KeptMemory) -> Iterator[str | None]:
    created = day(memory.created_at)
    basis = "" if memory.created_at_basis in ("provider", "event") else f" ({plain(memory.created_at_basis or '')})"
    yield f"created {created}{basis}" if created else "created at an unknown time"
    if memory.is_edited:
        yield f"edited, last changed {day(memory.updated_at)}" if memory.updated_at else "edited"
    if memory.state == "deleted":
        yield _deletion(memory)
    elif memory.state == "unknown" and memory.last_seen_at:
        yield f"last seen {day(memory.last_seen_at)}"


def _deletion(memory: KeptMemory) -> str:
    if memory.deleted_at:
        return f"deleted {minute(memory.deleted_at)}"
    window = [
        f"after {day(memory.deleted_after)}" if memory.deleted_after else "",
        f"by {day(memory.deleted_before)}" if memory.deleted_before else "",
    ]
    return f"deleted {', '.join(filter(None, window))}".rstrip()


def _source(memory: KeptMemory, pages: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """Yield where the memory came from, with links to the page and to the chat, or why nobody knows."""
    if not memory.has_source:
        yield plain(f"no source: {memory.why}")
        return
    page = pages.get(memory.source_key)
    heading = None
    if memory.message_position is not None and memory.said_by in ("user", "document", "assistant"):
        heading = turn_heading(memory.message_position, memory.message_role)
    place = wiki_link(page, memory.title, heading=heading) if page else f"“{plain(memory.title or '') or UNTITLED}”"
    chat = web_link("chat", memory.url)
    level = "confirmed by you" if memory.is_confirmed else _LEVELS.get(memory.level or "", "")
    sure = "" if memory.is_confirmed or memory.level == "recorded" else _sure(memory.confidence)
    when = minute(memory.message_at)
    yield f"from {', '.join(filter(None, [place, chat, when, level + sure]))}"


def _sure(confidence: float | None) -> str:
    """Return how likely the source is right; only what a chat or a person says is certain."""
    return "" if confidence is None else f", {max(1, min(99, round(100 * confidence)))} % sure"
