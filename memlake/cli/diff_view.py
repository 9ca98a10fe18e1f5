"""The difference between two exports as people read it: which two, how much, and the memories that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from memlake.cli.changes import evidence_words, flip_words, marked_line, marked_text, time_words
from memlake.cli.invocation import Invocation
from memlake.cli.named_table import named_table
from memlake.cli.render import (
    NOTHING,
    Cell,
    Column,
    counted,
    one_line,
    paragraph,
    people_date,
    section,
    short_name,
    shortened,
    table,
    telling_length,
    typed,
    with_remark,
)
from memlake.history.changes import MEMORY_KINDS, REWORDED, ConversationDiff, MemoryChange, MemoryDiff
from memlake.history.exports import ExportPoint

DIFF_TITLES = ("change", "id", "before", "after", "when", "why")
SECTION_COLUMNS = [Column(title=""), Column(title="", kind="text")]
_MOST_LEFT_OUT = 3
_SECTIONS = ("deleted", "edited", "disabled", "enabled", "restored", "recreated", "reidentified", "new", REWORDED)
_LETTERS = {
    "new": "+",
    "deleted": "-",
    "edited": "M",
    "enabled": "E",
    "disabled": "E",
    "restored": "R",
    "recreated": "R",
    "reidentified": "=",
    REWORDED: "~",
}
_WHOLE_LIST = {
    "list_emptied": "the list was emptied; ",
    "list_returned": "the list came back: ",
    "not_comparable": "these two cannot be compared: ",
}


def diff_view(diff: MemoryDiff, invocation: Invocation) -> Iterator[RenderableType]:
    """Show the counts first, then each change with its texts, its time and its reason."""
    yield head_view(diff, _held)
    for fact in _whole_list_facts(diff):
        yield Group(paragraph(_fact_words(fact)), *_next_step(diff, fact, invocation))
    if diff.unchanged_count is not None and "list_emptied" not in diff.counts:
        words = count_words(diff.counts, MEMORY_KINDS, unchanged_count=diff.unchanged_count)
        yield paragraph(words + _reworded_words(diff))
    length = _id_length(diff)
    for kind in _SECTIONS:
        rows = [(_short_id(change, length), _told(change)) for change in _of_kind(diff, kind)]
        if rows:
            yield section(kind, table(SECTION_COLUMNS, rows, has_titles=False))


def short_view(diff: MemoryDiff) -> Iterator[RenderableType]:
    """Show one line a change: its letter, the id, the text."""
    length = _id_length(diff)
    lines = [one_line("! ", _fact_words(fact)) for fact in _whole_list_facts(diff)]
    lines += [
        one_line(f"{_LETTERS[kind]} ", _short_id(change, length), "  ", _told_on_a_line(change))
        for kind in _SECTIONS
        for change in _of_kind(diff, kind)
    ]
    yield from [Group(*lines)] if lines else []


def diff_row(change: MemoryChange) -> tuple[str, ...]:
    """Return what a table says about a change, in the order of `DIFF_TITLES`."""
    return (
        change.change_kind,
        change.memory_id or NOTHING,
        _state_words(change.content_before, enabled=change.enabled_before),
        _state_words(change.content_after, enabled=change.enabled_after),
        time_words(change),
        change.reason or NOTHING,
    )


def head_view(diff: MemoryDiff | ConversationDiff, held: Callable[[ExportPoint], str]) -> RenderableType:
    """Show which two exports are compared, what each holds, what is odd about their order, and what was left out."""
    columns = [Column(title=""), Column(title=""), Column(title="", kind="name"), *[Column(title="")] * 2]
    rows = [
        (word, export.exported_at or "unknown date", short_name(export.file_name), export.export_id, held(export))
        for word, export in (("from", diff.before), ("to", diff.after))
    ]
    return Group(named_table(columns, rows, has_titles=False), *map(paragraph, pair_notes(diff)))


def count_words(counts: dict[str, int], kinds: Sequence[str], *, unchanged_count: int | None = None) -> str:
    """Return in a line how many there are of each kind of change, and how much is as it was."""
    changed = ", ".join(f"{counts[kind]:,} {kind}" for kind in kinds if kind in counts)
    unchanged = "" if unchanged_count is None else f"; {unchanged_count:,} unchanged"
    return f"{changed or 'no differences'}{unchanged}"


def _reworded_words(diff: MemoryDiff) -> str:
    if not diff.reworded_count:
        return ""
    hint = "" if REWORDED in diff.counts else " (--rewordings shows them)"
    return f", {diff.reworded_count:,} of them in other words{hint}"


def _held(export: ExportPoint) -> str:
    if export.memory_count is None:
        return "no memory list"
    part = "" if export.memory_coverage == "complete" else "a part of the list: "
    return f"{part}{counted(export.memory_count, 'memory')}"


def pair_notes(diff: MemoryDiff | ConversationDiff) -> Iterator[str]:
    """Yield what is odd about the order of two exports, and which newer ones cannot be compared."""
    yield from _order_notes(diff.before, diff.after)
    if diff.skipped:
        names = [f"{short_name(export.file_name)} ({people_date(export.exported_at)})" for export in diff.skipped]
        them = "it" if len(names) == 1 else "they"
        yield f"left out, since {them} cannot be compared: {shortened(names, most=_MOST_LEFT_OUT)}"


def _order_notes(before: ExportPoint, after: ExportPoint) -> Iterator[str]:
    if before.export_id == after.export_id:
        yield "both are the same export"
    elif not (before.exported_at and after.exported_at):
        return
    elif before.exported_at == after.exported_at:
        yield "both were made at the same time: nothing tells which was first, so the order is that of their ids"
    elif before.exported_at > after.exported_at:
        yield "read backwards: the first of the two is the newer one"


def _whole_list_facts(diff: MemoryDiff) -> list[MemoryChange]:
    return [change for change in diff.changes if change.memory_id is None]


def _of_kind(diff: MemoryDiff, kind: str) -> list[MemoryChange]:
    return [change for change in diff.changes if change.change_kind == kind and not change.is_of_former_id]


def _fact_words(fact: MemoryChange) -> str:
    return f"{_WHOLE_LIST[fact.change_kind]}{fact.reason}"


def _next_step(diff: MemoryDiff, fact: MemoryChange, invocation: Invocation) -> Iterator[RenderableType]:
    if fact.change_kind == "list_emptied" and diff.before.exported_at:
        moment = diff.before.exported_at.replace(tzinfo=None).isoformat()
        yield paragraph("\nwhat was in it:")
        yield typed(invocation.command("list", "--as-of", moment))
    elif fact.change_kind == "not_comparable" and diff.comparable_export_ids:
        yield paragraph("\nthese two hold the whole list:")
        yield typed(invocation.command("diff", *diff.comparable_export_ids))
    elif fact.change_kind == "not_comparable":
        yield paragraph("\nno other two hold the whole list either; what this lake can answer:")
        yield typed(invocation.command("status"))


def _id_length(diff: MemoryDiff) -> int:
    return telling_length([change.memory_id for change in diff.changes if change.memory_id])


def _short_id(change: MemoryChange, length: int) -> str:
    return (change.memory_id or NOTHING)[:length]


def _told(change: MemoryChange) -> Cell:
    """Return the text of a memory with what changed in it, and on the next line when and why."""
    return with_remark(marked_text(*_texts(change)).append(_switch_words(change)), evidence_words(change))


def _told_on_a_line(change: MemoryChange) -> Text:
    return marked_line(*_texts(change)).append(_switch_words(change))


def _texts(change: MemoryChange) -> tuple[str, str]:
    """Return the text before and after; of what is on one side alone twice the same, so that nothing is marked."""
    before, after = change.content_before, change.content_after
    return (before if before is not None else after) or "", (after if after is not None else before) or ""


def _switch_words(change: MemoryChange) -> str:
    if change.change_kind in ("enabled", "disabled"):
        return f" ({flip_words(change)})"
    return " (off)" if change.change_type == "insert" and change.enabled_after is False else ""


def _state_words(content: str | None, *, enabled: bool | None) -> str:
    return NOTHING if content is None else f"{content}{' (off)' if enabled is False else ''}"
