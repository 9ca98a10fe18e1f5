"""The difference between the conversations of two exports, as people read it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from memlake.cli.changes import evidence_words, marked_line, time_words
from memlake.cli.diff_view import SECTION_COLUMNS, count_words, head_view
from memlake.cli.render import (
    NOTHING,
    Cell,
    counted,
    drawable,
    one_line,
    paragraph,
    section,
    table,
    telling_length,
    with_remark,
)
from memlake.history.changes import CONVERSATION_KINDS, NOT_COMPARABLE, ConversationChange, ConversationDiff
from memlake.text import inert_line

_SECTIONS = ("vanished", "continued", "renamed", "moved", "archived", "unarchived", "returned", "new")
_LETTERS = dict.fromkeys(_SECTIONS, "M") | {"vanished": "-", "returned": "R", "new": "+"}
_NO_TITLE = "(no title)"


def conversation_diff_view(diff: ConversationDiff) -> Iterator[RenderableType]:
    """Show the counts first, then each change with its title, its time and its reason."""
    yield head_view(diff, lambda export: f"conversations: {export.conversation_coverage}")
    yield paragraph("\n".join(_obstacles(diff)) or count_words(diff.counts, CONVERSATION_KINDS))
    length = _id_length(diff)
    for kind in _SECTIONS:
        rows = [(_short_id(change, length), _told(change)) for change in _of_kind(diff, kind)]
        if rows:
            yield section(kind, table(SECTION_COLUMNS, rows, has_titles=False))


def conversation_short_view(diff: ConversationDiff) -> Iterator[RenderableType]:
    """Show one line a change: its letter, the id, the title."""
    length = _id_length(diff)
    lines = [one_line("! ", obstacle) for obstacle in _obstacles(diff)]
    lines += [
        one_line(f"{_LETTERS[kind]} ", _short_id(change, length), "  ", _titled(change))
        for kind in _SECTIONS
        for change in _of_kind(diff, kind)
    ]
    yield from [Group(*lines)] if lines else []


def conversation_diff_row(change: ConversationChange) -> tuple[str, ...]:
    """Return what a table says about a change, in the order of `DIFF_TITLES`."""
    return (
        change.change_kind,
        change.conversation_id or NOTHING,
        change.title_before or NOTHING,
        change.title_after or NOTHING,
        time_words(change),
        "; ".join(filter(None, [_detail(change), change.reason])) or NOTHING,
    )


def _obstacles(diff: ConversationDiff) -> list[str]:
    return [
        f"these two cannot be compared: {change.reason}"
        for change in diff.changes
        if change.change_kind == NOT_COMPARABLE
    ]


def _of_kind(diff: ConversationDiff, kind: str) -> list[ConversationChange]:
    return [change for change in diff.changes if change.change_kind == kind]


def _id_length(diff: ConversationDiff) -> int:
    return telling_length([change.conversation_id for change in diff.changes if change.conversation_id])


def _short_id(change: ConversationChange, length: int) -> str:
    return inert_line((change.conversation_id or NOTHING)[:length])


def _told(change: ConversationChange) -> Cell:
    """Return the title with what changed, and on the next line when and why."""
    return with_remark(_titled(change), evidence_words(change))


def _titled(change: ConversationChange) -> Text:
    before, after = change.title_before, change.title_after
    if change.change_kind == "renamed":
        title = marked_line(before or "", after or "")
    else:
        title = Text(inert_line(after or before or _NO_TITLE))
    detail = _detail(change)
    return title.append(f" ({detail})") if detail else title


def _detail(change: ConversationChange) -> str:
    """Return what a title does not tell of a change."""
    if change.change_kind == "continued" and change.message_count:
        return counted(change.message_count, "more message")
    if change.change_kind == "moved":
        arrow = drawable("→", "->")
        return inert_line(f"{change.project_before or 'no project'} {arrow} {change.project_after or 'no project'}")
    return ""
