"""Where a memory came from, as people read it: the source, its quote, and how the evidence adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from memlake.cli.render import (
    NOTHING,
    Cell,
    Column,
    counted,
    cut_to,
    drawable,
    paragraph,
    people_date,
    people_time,
    section,
    table,
    with_remark,
)
from memlake.lookup.report import EvidenceStep, SourceCandidate, SourceCard
from memlake.query.memories import MemorySource
from memlake.text import inert_line

NOT_FOUND = "none"
_LEVEL_WORDS = {
    "verbatim": "word for word",
    "near_verbatim": "nearly word for word",
    "paraphrase": "paraphrase",
    NOT_FOUND: "none found",
}
_SPEAKERS = {"user": "you said", "document": "you pasted", "assistant": "it said"}
_UNTITLED = "(no title)"
_NEIGHBOUR_LENGTH = 48
_LONGEST_QUOTE = 240
_LONGEST_EXCERPT = 160
_BAR_LENGTH = 8
_SHOWN_POINTS = 0.05  # with one digit
_ALMOST_CERTAIN = 0.995
ALMOST_IMPOSSIBLE = 0.005
_STEP_COLUMNS = [Column(title=""), Column(title="", kind="number"), Column(title=""), Column(title="", kind="text")]
_CANDIDATE_COLUMNS = [
    Column(title="", kind="number"),
    Column(title="", kind="number"),
    Column(title=""),
    Column(title="", kind="text"),
]


def source_facts(source: SourceCard | MemorySource) -> list[tuple[str, Cell]]:
    """Return what is known about the source of a memory: place, quote, how sure it is, and why."""
    return [
        ("learnt", place_words(source.message_at, source.title) if has_source(source) else None),
        *quote_facts(source),
        ("source", level_words(source)),
        ("why", source.why if source.level else None),
        ("url", source.url),
    ]


def has_source(source: SourceCard | MemorySource) -> bool:
    """Tell whether a memory has a source, recorded or found."""
    return source.level is not None and source.level != NOT_FOUND


def quote_facts(source: SourceCard | MemorySource) -> Iterator[tuple[str, Cell]]:
    """Yield the words that a memory came from and who said them, if they are known."""
    if source.quote:
        yield _SPEAKERS.get(source.said_by or "", "quote"), quoted(source)


def level_words(source: SourceCard | MemorySource) -> str:
    """Return how near the source is to the memory, and how sure that is: `paraphrase, 87 % sure`."""
    if source.is_confirmed:
        return "confirmed by you"
    if source.level == "recorded":
        return "recorded, certain"
    words = _LEVEL_WORDS.get(source.level or "", source.level) or "not looked up yet"
    if not has_source(source) or source.confidence is None:
        return words
    return f"{words}, {percent(source.confidence)} sure"


def percent(probability: float) -> str:
    """Return a probability as people read it; only what a chat or a person says is certain."""
    if probability < ALMOST_IMPOSSIBLE:
        return "under 1 %"
    return "over 99 %" if _ALMOST_CERTAIN <= probability < 1 else f"{100 * probability:.0f} %"


def place_words(moment: datetime | None, title: str | None) -> str:
    """Return when something was said, and in which chat."""
    place = f'in "{title}"' if title else "in a chat without a title"
    return f"{people_time(moment)}, {place}" if moment else place


def chat_title(source: SourceCard) -> Text:
    """Return the date and the title of the chat that a memory came from, on one line."""
    return Text(f"{people_date(source.message_at) or NOTHING}  {inert_line(source.title or _UNTITLED)}", style="bold")


def quoted(source: SourceCard | MemorySource) -> Text:
    """Return a quote between quotation marks, its neighbours in the message outside of them."""
    dots = drawable("…", "...")
    marks = drawable("“”", '""')
    return Text.assemble(
        (_last_words(source.quote_before, dots), "dim"),
        f"{marks[0]}{cut_to(source.quote or '', _LONGEST_QUOTE)}{marks[1]}",
        (_first_words(source.quote_after, dots), "dim"),
        overflow="fold",
    )


def candidate_words(candidate: SourceCandidate, probability: float) -> str:
    """Return a possible source in a line: its chat, its date, how likely it is."""
    date = f", {candidate.message_at:%Y-%m-%d}" if candidate.message_at else ""
    return f'"{candidate.title or _UNTITLED}"{date} ({percent(probability)})'


def explanation(card: SourceCard) -> Iterator[RenderableType]:
    """Yield how the evidence for the best candidate adds up, and what else was considered."""
    weighed = [step for step in card.steps if abs(step.points) >= _SHOWN_POINTS]
    if weighed:
        yield section("how it adds up", _steps_table(weighed))
    else:
        yield section("how it adds up", paragraph("nothing was weighed"))
    if card.candidates:
        yield section("what was considered", *_candidates(card.candidates))


def _steps_table(steps: Sequence[EvidenceStep]) -> Table:
    """Return the steps with a bar each: to the right for the candidate, to the left against it."""
    largest = max(abs(step.points) for step in steps)
    lengths = [round(step.points / largest * _BAR_LENGTH) for step in steps]
    left, right = -min(0, *lengths), max(0, *lengths)
    rows = [
        (step.name, f"{step.points:+.1f}", _bar(length, left, right), step.detail)
        for step, length in zip(steps, lengths, strict=True)
    ]
    return table(_STEP_COLUMNS, rows, has_titles=False)


def _bar(length: int, left: int, right: int) -> Text:
    block = drawable("█", "#")
    return Text.assemble(
        ((block * -length).rjust(left), "red"),
        (drawable("│", "|"), "dim"),
        ((block * length).ljust(right), "green"),
        no_wrap=True,
    )


def _candidates(candidates: Sequence[SourceCandidate]) -> Iterator[RenderableType]:
    """Yield the candidates that are likely at all, the best in any case, and how many more there are."""
    shown = [one for one in candidates if one.score >= ALMOST_IMPOSSIBLE] or candidates[:1]
    rows = [
        (
            candidate.rank,
            percent(candidate.score),
            people_date(candidate.message_at),
            with_remark(
                Text(inert_line(candidate.title or _UNTITLED), overflow="fold"),
                cut_to(candidate.excerpt or "", _LONGEST_EXCERPT),
            ),
        )
        for candidate in shown
    ]
    yield table(_CANDIDATE_COLUMNS, rows, has_titles=False)
    if len(candidates) > len(shown):
        yield paragraph(f"and {counted(len(candidates) - len(shown), 'message')} that hardly can be it (--json)")


def _last_words(before: str, dots: str) -> str:
    """Return the end of what stands before a quote, in whole words where there are spaces."""
    line = inert_line(before)
    gap = " " if before[-1:].isspace() else ""
    if len(line) <= _NEIGHBOUR_LENGTH:
        return line + gap
    end = line[-_NEIGHBOUR_LENGTH:]
    return f"{dots} {end.partition(' ')[2] or end}{gap}"


def _first_words(after: str, dots: str) -> str:
    """Return the beginning of what stands after a quote, in whole words where there are spaces."""
    line = inert_line(after)
    gap = " " if after[:1].isspace() else ""
    if len(line) <= _NEIGHBOUR_LENGTH:
        return gap + line
    beginning = line[:_NEIGHBOUR_LENGTH]
    return f"{gap}{beginning.rpartition(' ')[0] or beginning} {dots}"
