"""`changes.md`: what each export changed in the memories and the conversations, the newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from memlake.archive.markdown.accounts import Accounts
from memlake.archive.markdown.inline import UNTITLED, code, plain, wiki_link
from memlake.archive.markdown.words import counted, day, minute
from memlake.archive.scope import Scope
from memlake.lake import sqlfiles
from memlake.lake.connection import Database

_MEMORY_KINDS = ("new", "restored", "recreated", "reidentified", "edited", "enabled", "disabled", "deleted")
_LIST_FACTS = {
    "list_emptied": "the list was emptied: ",
    "list_returned": "the list came back: ",
    "not_comparable": "the memories cannot be compared: ",
}
_TALK_KINDS = ("new", "returned", "continued", "renamed", "moved", "archived", "unarchived", "vanished")
_UNCOUNTED = "not_comparable"
_NAMED_TALKS = 20  # of each kind in one export
_NAMED_MEMORIES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptExport:
    """An export as a point in time."""

    export_id: str
    account_key: str
    exported_at: datetime | None
    file_name: str
    memory_count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChange:
    """One change of a memory, or without an id a fact about the whole list."""

    export_id: str
    change_type: str | None
    change_kind: str
    memory_id: str | None
    content_before: str | None
    content_after: str | None
    changed_after: datetime | None
    changed_before: datetime | None
    changed_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkChange:
    """One change of a conversation, of so many of its kind; without an id a fact about all of them."""

    export_id: str
    change_kind: str
    conversation_id: str | None
    title_before: str | None
    title_after: str | None
    reason: str | None
    change_count: int


def changes_page(database: Database, scope: Scope, pages: Mapping[tuple[str, str], str], accounts: Accounts) -> str:
    """Return the page; `pages` are the names of the conversations' pages that are in the archive."""
    parameters: dict[str, object] = {"account_key": scope.account_key}
    exports = [KeptExport(**row) for row in database.query(sqlfiles.report("archive_exports"), parameters).as_dicts()]
    changes: dict[str, list[KeptChange]] = {}
    for row in database.query(sqlfiles.report("archive_changes"), parameters).as_dicts():
        changes.setdefault(row["export_id"], []).append(KeptChange(**row))
    talk_changes: dict[str, list[TalkChange]] = {}
    for row in database.query(
        sqlfiles.report("archive_talk_changes"), parameters | {"named_count": _NAMED_TALKS}
    ).as_dicts():
        talk_changes.setdefault(row["export_id"], []).append(TalkChange(**row))
    parts = ["# What each export changed\n"]
    for export in exports:
        if scope.since is None or export.exported_at is None or export.exported_at >= scope.since:
            parts.extend(_export_head(export, accounts))
            if scope.only != "conversations":
                parts.extend(_memory_part(changes.get(export.export_id, ())))
            if scope.only != "memories":
                parts.extend(_talk_part(export, talk_changes.get(export.export_id, ()), pages))
    return "\n".join(parts)


def _export_head(export: KeptExport, accounts: Accounts) -> Iterator[str]:
    yield f"## {day(export.exported_at) or 'Undated'} · {plain(export.file_name)}\n"
    held = "no memory list" if export.memory_count is None else counted(export.memory_count, "memory")
    yield f"{accounts.words(export.account_key)}, export {code(export.export_id)}, {held}\n"


def _memory_part(changes: Sequence[KeptChange]) -> Iterator[str]:
    facts = [change for change in changes if change.memory_id is None]
    changed = [change for change in changes if change.memory_id is not None]
    for fact in facts:
        yield f"{_LIST_FACTS.get(fact.change_kind, '').capitalize()}{plain(fact.reason or '')}\n"
    if not changed:
        return
    counts = Counter(change.change_kind for change in changed)
    yield f"Memories: {_count_words(counts, _MEMORY_KINDS)}\n"
    lines: list[str] = []
    for kind in _MEMORY_KINDS:
        named = [change for change in changed if change.change_kind == kind][:_NAMED_MEMORIES]
        lines += [f"- {_change_words(change)}\n" for change in named]
        lines += _more(kind, counts[kind] - len(named), wiki_link("memories", "all memories"))
    yield "".join(lines)


def _more(kind: str, count: int, place: str) -> list[str]:
    return [f"- and {count:,} more {kind}: {place}\n"] if count else []


def _change_words(change: KeptChange) -> str:
    before, after = change.content_before, change.content_after
    about = "; ".join(filter(None, [_when(change), plain(change.reason or "")]))
    kind = f"**{change.change_kind}**"
    if before is not None and after is not None and before != after:
        return f"{kind} {plain(after)}\n  - before: {plain(before)}\n  - {about}"
    return f"{kind} {plain(after if after is not None else before or '')}\n  - {about}"


def _when(change: KeptChange) -> str:
    if change.changed_at:
        return minute(change.changed_at) or ""
    window = [
        f"after {day(change.changed_after)}" if change.changed_after else "",
        f"by {day(change.changed_before)}" if change.changed_before else "",
    ]
    return ", ".join(filter(None, window)) or "at an unknown time"


def _talk_part(
    export: KeptExport, changes: Sequence[TalkChange], pages: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    counts: dict[str, int] = {}
    for change in changes:
        if change.change_kind == _UNCOUNTED:
            yield f"The conversations cannot be compared: {plain(change.reason or '')}\n"
        else:
            counts[change.change_kind] = change.change_count
    if not counts:
        return
    yield f"Conversations: {_count_words(counts, _TALK_KINDS)}\n"
    lines: list[str] = []
    for kind in _TALK_KINDS:
        named = [change for change in changes if change.change_kind == kind]
        lines += [f"- {_talk_words(export, change, pages)}\n" for change in named]
        lines += _more(kind, counts.get(kind, 0) - len(named), wiki_link("conversations", "all conversations"))
    yield "".join(lines)


def _talk_words(export: KeptExport, change: TalkChange, pages: Mapping[tuple[str, str], str]) -> str:
    title = change.title_after or change.title_before
    page = pages.get((export.account_key, change.conversation_id or ""))
    place = wiki_link(page, title) if page else plain(title or "") or UNTITLED
    before = f", before: {plain(change.title_before or '') or UNTITLED}" if change.change_kind == "renamed" else ""
    return f"**{change.change_kind}** {place}{before}"


def _count_words(counts: Mapping[str, int], kinds: Sequence[str]) -> str:
    return ", ".join(f"{counts[kind]:,} {kind}" for kind in kinds if kind in counts)
