"""A pack as people read of it: what it holds, what stays out, and what was done to it."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Group, RenderableType

from memlake.cli.formats import fields_of
from memlake.cli.invocation import Invocation
from memlake.cli.render import (
    Cell,
    Column,
    counted,
    cut_to,
    facts,
    headline,
    next_steps,
    paragraph,
    section,
    shortened,
    table,
    typed,
    with_remark,
)
from memlake.folders.writing import Comparison
from memlake.jobs.pack import PackSummary
from memlake.packs.choosing import LeftOut
from memlake.packs.edited import EditedPart
from memlake.packs.items import OverLong, PackItem, PackPart, tellable_account
from memlake.packs.papers import CHECKLIST_NAME, MANUAL_LIST_NAME
from memlake.query.memories import STATES

_MOST_NAMES = 6
_MOST_ROWS = 12
LONGEST_MEMORY = 300
"""How many columns of a memory are shown; a pack's files have all of it."""

_ITEM_COLUMNS = [Column(title="no.", kind="number"), Column(title="memory", kind="text")]
_SORTED_COLUMNS = [Column(title="no.", kind="number"), Column(title="category"), Column(title="memory", kind="text")]
_LEFT_OUT_COLUMNS = [
    Column(title="id"),
    Column(title="class", kind="phrase"),
    Column(title="memory, and why", kind="text"),
]


def pack_document(summary: PackSummary) -> dict[str, object]:
    """Return a pack for other programs, without what a guess at something private could be tested against."""
    emptied: Counter[str] = Counter()
    for account_key, count in summary.emptied.items():
        emptied[tellable_account(account_key)] += count
    return fields_of(summary) | {
        "items": [item.tellable for item in summary.items],
        "left_out": [
            {"places": [place.tellable for place in one.places], "classes": one.classes, "text": one.text}
            for one in summary.left_out
        ],
        "emptied": emptied,
    }


def pack_view(summary: PackSummary, invocation: Invocation) -> Iterator[RenderableType]:
    """Show what a pack holds, or would, and where it is."""
    yield from _emptied(summary, invocation)
    if not summary.items:
        yield from _nothing(summary, invocation)
        return
    if summary.is_dry_run:
        yield headline("dry run: this is what would be packed; nothing was written")
    elif summary.files and not (summary.files.new or summary.files.changed or summary.files.removed):
        changed = "only what somebody changed in it has" if summary.edited else "nothing has"
        yield headline(f"{changed} changed since the pack was written")
    yield facts(
        [
            ("pack", summary.folder),
            ("holds", f"{counted(summary.held_count, 'memory')} in {_parts_words(summary.parts)}"),
            ("edited", "\n".join(map(_edited_words, summary.edited)) or None),
            *_remarks(summary),
            ("limits", summary.limits_note),
            ("remainder", "of the pack before: removed" if summary.is_remainder_cleared else None),
            *_file_words(summary.files),
        ]
    )
    yield from _sections(summary, invocation)
    if summary.is_dry_run:
        yield paragraph("to do it, leave out --dry-run")
    elif summary.folder:
        yield from _next(summary, summary.folder, invocation)


def _emptied(summary: PackSummary, invocation: Invocation) -> Iterator[RenderableType]:
    """Show what a list that came empty keeps out of a pack, and how it comes in all the same."""
    for account_key, count in summary.emptied.items():
        if summary.passed_over.get("unknown"):
            words = ("pack", summary.target, "--state", "unknown", "--account", account_key)
            yield Group(paragraph(_emptied_words(account_key, count)), typed(invocation.command(*words)))


def _emptied_words(account_key: str, count: int) -> str:
    are = "is" if count == 1 else "are"
    return f"{counted(count, 'memory')} of {account_key} {are} unknown, as its newest list is empty; to pack them:"


def pack_notes(summary: PackSummary) -> Iterator[str]:
    """Yield what a person should know of a pack that is printed."""
    if not summary.items:
        yield "there is nothing to pack"
    else:
        yield f"{counted(len(summary.items), 'memory')} in {_parts_words(summary.parts)}"
    for name, words in _remarks(summary):
        if words:
            yield f"{name}: {words}"


def _remarks(summary: PackSummary) -> Iterator[tuple[str, str | None]]:
    """Yield what was done to the memories on their way, by name; `None` where nothing was."""
    left_out = summary.left_out_counts
    yield "left out", _by_class(left_out, "memory") and f"{_by_class(left_out, 'memory')}; --include takes a class in"
    yield (
        "withheld",
        _by_class(summary.placeholders, "place")
        and (f"{_by_class(summary.placeholders, 'place')}, with placeholders instead"),
    )
    merged = sum(len(item.memories) - 1 for item in summary.merged)
    into = _numbers(item.number for item in summary.merged)
    yield "merged", f"{counted(merged, 'memory')} that said the same as another, into {into}" if merged else None
    yield "too long", _over_long(summary.over_long)
    flagged = _numbers(item.number for item in summary.addressed)
    yield "flagged", f"{flagged}: written to steer an assistant; packed as quoted data" if summary.addressed else None
    yield "its own", _own_words(summary)
    uncertain = _numbers(item.number for item in summary.uncertain)
    words = (
        f"{counted(summary.uncertain_count, 'memory')} may not have been there then, or not in these words: {uncertain}"
    )
    yield "uncertain", words if summary.uncertain else None
    states = ", ".join(f"{summary.passed_over[state]:,} {state}" for state in STATES if state in summary.passed_over)
    yield "not packed", f"{states}; --state takes a state in" if states else None
    outdated = f"{counted(summary.outdated_count, 'memory')} of a text that the newest export does not have"
    yield "outdated", f"{outdated}, left out; --state active takes all in" if summary.outdated_count else None
    others = f"{counted(summary.others_count, 'memory')} of other categories, left out"
    yield "others", others if summary.others_count else None


def _own_words(summary: PackSummary) -> str | None:
    own = f"{counted(summary.own_count, 'memory')} that {summary.title} has itself"
    return f"{own}, left out; --account takes those of an account in" if summary.own_count else None


def _over_long(over_long: Sequence[OverLong]) -> str | None:
    cut = [one for one in over_long if one.cut_at]
    at_words = sum(one.cut_at == "words" for one in cut)
    pieces = sum(one.piece_count for one in cut)
    where = f", {at_words} of them within a sentence" if at_words else ""
    words = (
        [f"{_numbers(one.number for one in cut)} cut into {pieces} pieces at ends of sentences{where}"] if cut else []
    )
    whole = [one.number for one in over_long if not one.cut_at]
    words += [f"{_numbers(whole)} longer than a field: left whole, in a message"] if whole else []
    return "; ".join(words) or None


def _numbers(numbers: Iterable[int]) -> str:
    return f"no. {shortened([str(number) for number in numbers], most=_MOST_NAMES)}"


def _by_class(counts: Mapping[str, int], noun: str) -> str | None:
    if not counts:
        return None
    return f"{counted(sum(counts.values()), noun)} ({', '.join(f'{name} {count}' for name, count in counts.items())})"


def _parts_words(parts: Sequence[PackPart]) -> str:
    return f"{counted(len(parts), 'part')}: {shortened([part.path for part in parts], most=_MOST_NAMES)}"


def _edited_words(part: EditedPart) -> str:
    held = f"{part.item_count - len(part.lacking)} of its {counted(part.item_count, 'memory')}"
    return f"{part.path} stays as somebody changed it, with {held}; to have it anew, delete it and pack again"


def _file_words(files: Comparison | None) -> Iterator[tuple[str, Cell]]:
    if files:
        yield "removed", shortened(files.removed, most=_MOST_NAMES) if files.removed else None
        kept = f"{shortened(files.kept, most=_MOST_NAMES)}: copies of what somebody changed and the pack replaces"
        yield "kept", kept if files.kept else None


def _sections(summary: PackSummary, invocation: Invocation) -> Iterator[RenderableType]:
    if summary.is_dry_run:
        yield section("memories", table(_SORTED_COLUMNS, map(_sorted_row, summary.items)))
    if summary.merged:
        rows = [
            (item.number, f"{_shown(item)[1]}\n{', '.join(key.memory_id for key in item.memories)}")
            for item in summary.merged
        ]
        yield _rows("merged", _ITEM_COLUMNS, rows)
    if summary.addressed:
        yield _rows("flagged", _ITEM_COLUMNS, map(_shown, summary.addressed))
    if summary.uncertain:
        yield _rows("uncertain", _ITEM_COLUMNS, map(_shown, summary.uncertain))
    changed = [item for item in summary.items if item.placeholder_count]
    if changed:
        yield _rows("with placeholders", _ITEM_COLUMNS, map(_shown, changed))
    yield from _left_out_section(summary, invocation)


def _left_out_section(summary: PackSummary, invocation: Invocation) -> Iterator[RenderableType]:
    if summary.left_out:
        yield _rows("left out", _LEFT_OUT_COLUMNS, map(_left_out, summary.left_out))
        first = summary.left_out[0].memories[0]
        yield Group(paragraph("all about one:"), typed(invocation.command("show", first.memory_id)))


def _sorted_row(item: PackItem) -> tuple[Cell, ...]:
    return item.number, item.category, cut_to(item.text, LONGEST_MEMORY)


def _left_out(one: LeftOut) -> tuple[Cell, ...]:
    text = paragraph(cut_to(one.text, LONGEST_MEMORY))
    return one.memories[0].memory_id, ", ".join(one.classes), with_remark(text, "; ".join(one.reasons))


def _shown(item: PackItem) -> tuple[int, str]:
    return item.number, cut_to(item.text, LONGEST_MEMORY)


def _rows(title: str, columns: Sequence[Column], found: Iterable[Sequence[Cell]]) -> RenderableType:
    rows = list(found)
    more = len(rows) - _MOST_ROWS
    shown = table(columns, rows[:_MOST_ROWS])
    return section(title, shown, *([paragraph(f"and {more} more (--json)")] if more > 0 else []))


def _nothing(summary: PackSummary, invocation: Invocation) -> Iterator[RenderableType]:
    yield headline("there is nothing to pack; nothing was written")
    yield facts([(name, words) for name, words in _remarks(summary) if words])
    yield from _left_out_section(summary, invocation)
    yield Group(paragraph("what this lake knows:"), typed(invocation.command("list")))


def _next(summary: PackSummary, folder: str, invocation: Invocation) -> Iterator[RenderableType]:
    papers = f"how to bring it in, and what to look at afterwards: {CHECKLIST_NAME}"
    by_hand = [item for item in summary.items if item.category in summary.dropped]
    if by_hand:
        papers += f"; what {summary.title} tends to lose: {MANUAL_LIST_NAME}, {counted(len(by_hand), 'memory')}"
    yield paragraph(papers)
    check = f"{invocation.program} pack check {shlex.quote(folder)} ANSWER.txt"
    yield next_steps([(check, f"{summary.settles_in_hours} hours after: what has landed")])
