"""What has landed of a pack, as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from memlake.cli.invocation import Invocation
from memlake.cli.pack_view import LONGEST_MEMORY
from memlake.cli.render import (
    Cell,
    Column,
    counted,
    cut_to,
    facts,
    headline,
    next_steps,
    paragraph,
    people_time,
    section,
    shortened,
    table,
    with_remark,
)
from memlake.jobs.pack_check import PackCheck
from memlake.packs.landing import VERDICTS, Landed
from memlake.packs.papers import CHECKLIST_NAME
from memlake.providers import prompts

_MOST_ROWS = 20
_MOST_NAMES = 6
_NAMES = {"partial": "in part"}
_COLUMNS = [Column(title="no.", kind="number"), Column(title="landed"), Column(title="memory", kind="text")]


def pack_check_view(check: PackCheck, invocation: Invocation) -> Iterator[RenderableType]:
    """Show how each memory has landed, what is missing, and what else the target knows."""
    yield headline(_verdict(check))
    yield facts(
        [
            ("pack", f"{check.folder}, for {check.title}, written {people_time(check.written_at)}"),
            *((_NAMES.get(verdict, verdict), f"{count:,}") for verdict, count in check.counts.items() if count),
            ("not from it", counted(len(check.others), "statement") if check.others else None),
            ("too early", _wait_words(check)),
            ("cannot tell", check.why_unsure),
            *(("look", remark) for remark in check.remarks),
            ("remainder", _remainder_words(check)),
            ("kept", f"{shortened(check.kept, most=_MOST_NAMES)}; as somebody had changed it" if check.kept else None),
        ]
    )
    if not check.why_unsure:
        order = sorted(check.items, key=lambda landed: -VERDICTS.index(landed.verdict))
        worth_a_look = [landed for landed in order if landed.verdict != "verbatim"]
        if worth_a_look:
            yield section("not word for word", table(_COLUMNS, map(_row, worth_a_look)))
    if check.others:
        yield section(f"{check.title} also knows", *_statements(check.others))
    yield from _next(check, invocation)


def _verdict(check: PackCheck) -> str:
    total, left = len(check.items), len(check.left_over)
    if check.why_unsure:
        return f"{check.why_unsure}: that tells nothing about the pack"
    if not left:
        return f"all {counted(total, 'memory')} have landed" if total > 1 else "the memory has landed"
    so_far = " so far" if check.wait_until else ""
    if total == 1:
        left_words = _left_words(check).removeprefix("1 ")
        return f"the memory {'is missing' if check.counts['missing'] else f'has landed {left_words}'}{so_far}"
    has = "has" if total - left == 1 else "have"
    return f"{total - left:,} of {counted(total, 'memory')} {has} landed{so_far}: {_left_words(check)}"


def _left_words(check: PackCheck) -> str:
    """Return what has not landed as it was packed, in words."""
    found = [("missing", "missing"), ("changed", "with another fact"), ("partial", "in part")]
    return ", ".join(f"{check.counts[verdict]:,} {words}" for verdict, words in found if check.counts[verdict])


def _wait_words(check: PackCheck) -> str | None:
    if check.wait_until is None or not (check.left_over or check.why_unsure):
        return None
    unwritten = "" if check.remainder or check.why_unsure else "; --remainder packs what is left already now"
    return f"wait until {people_time(check.wait_until)}, then ask and check again{unwritten}"


def _remainder_words(check: PackCheck) -> str | None:
    if check.remainder is None:
        return None
    return f"{check.remainder}: a pack of what is left ({_left_words(check)})"


def _row(landed: Landed) -> tuple[Cell, ...]:
    remarks = []
    if landed.texts:
        remarks.append(f"now: {cut_to(' / '.join(landed.texts), LONGEST_MEMORY)}")
    if landed.change:
        told = "another fact" if landed.verdict == "changed" else "perhaps another fact, look at it"
        remarks.append(f"{told}: {landed.change}")
    if landed.lacking:
        remarks.append(f"lost: {', '.join(landed.lacking)}")
    if landed.lost and landed.lost != landed.item.text:
        remarks.append(f"lost, all or in part: {landed.lost}" if landed.lacking else f"lost: {landed.lost}")
    memory = paragraph(cut_to(landed.item.text, LONGEST_MEMORY))
    return landed.item.number, _NAMES.get(landed.verdict, landed.verdict), with_remark(memory, "\n".join(remarks))


def _statements(others: Sequence[str]) -> Iterator[RenderableType]:
    yield from (paragraph(f"- {cut_to(text, LONGEST_MEMORY)}") for text in others[:_MOST_ROWS])
    if len(others) > _MOST_ROWS:
        yield paragraph(f"and {len(others) - _MOST_ROWS} more (--json)")


def _next(check: PackCheck, invocation: Invocation) -> Iterator[RenderableType]:
    if not (check.left_over or check.why_unsure):
        return
    if check.question == prompts().get(check.target):
        asking = f"what to ask {check.title}, in a new chat; also in {CHECKLIST_NAME}"
        yield next_steps([(invocation.command("prompt", check.target), asking)])
    else:
        title = f"what to ask, in a new chat; also in {CHECKLIST_NAME}"
        yield section(title, paragraph(check.question))
