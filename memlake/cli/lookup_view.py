"""The answers of `lookup-sources` as people read them: the links with what they are worth, and one source as a card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from memlake.cli.invocation import Invocation
from memlake.cli.render import (
    NOTHING,
    counted,
    cut_to,
    facts,
    headline,
    indented,
    paragraph,
    section,
    telling_length,
    typed,
)
from memlake.cli.source_view import (
    ALMOST_IMPOSSIBLE,
    NOT_FOUND,
    candidate_words,
    chat_title,
    explanation,
    has_source,
    level_words,
    percent,
    quote_facts,
    source_facts,
)
from memlake.lookup.report import LookupReport, LookupSummary, SourceCandidate, SourceCard
from memlake.text import inert_line

SOURCE_TITLES = ("said", "chat", "memory", "quote", "level", "sure", "url")
_COMMAND = "lookup-sources"
_LABEL_WIDTH = len("you pasted")
_LONGEST_MEMORY = 400


def report_view(
    report: LookupReport,
    invocation: Invocation,
    *,
    is_explained: bool = False,
    is_chosen: bool = False,
    min_confidence: float | None = None,
) -> Iterator[RenderableType]:
    """Show the links, an account at a time in the order of the report, then what they are worth and what to do next.

    `is_chosen`: the report is of some memories of the lake only.
    """
    links = [card for card in report.cards if has_source(card)]
    shown = [card for card in links if is_sure_enough(card, min_confidence)]
    if not shown:
        yield paragraph(_why_nothing(report, links, is_chosen=is_chosen))
    accounts = list(dict.fromkeys(card.account_key for card in report.cards))
    length = telling_length([card.memory_id for card in report.cards if card.memory_id])
    for account_key in accounts:
        own = [card for card in shown if card.account_key == account_key]
        if own and len(accounts) > 1:
            yield headline(account_key or NOTHING)
        for card in own:
            yield _link(card, length, is_explained=is_explained)
    if report.summary.memory_count:
        yield facts(_summary_facts(report.summary, hidden_count=len(links) - len(shown), floor=min_confidence))
    yield _next_steps(report, shown, length, invocation, is_explained=is_explained)


def card_view(
    card: SourceCard, invocation: Invocation, *, is_explained: bool = False, account: str | None = None
) -> Iterator[RenderableType]:
    """Show the source of one memory or text, and how to say whether it is right."""
    yield section(card.memory_id or "where this was said", paragraph(card.content))
    yield facts([*source_facts(card), *_other_place(card)])
    if is_explained:
        yield from explanation(card)
    yield from _verdicts(card, invocation, ["--account", account] if account else [], is_explained=is_explained)


def is_sure_enough(card: SourceCard, min_confidence: float | None) -> bool:
    """Tell whether a memory has a source that is as sure as somebody asks for; without a number every source is."""
    return has_source(card) and (min_confidence is None or (card.confidence or 0.0) >= min_confidence)


def source_row(card: SourceCard) -> tuple[str, ...]:
    """Return what is known of a memory's source, in the order of `SOURCE_TITLES`."""
    date = f"{card.message_at:%Y-%m-%d}" if card.message_at else NOTHING
    sure = NOTHING if card.confidence is None else f"{card.confidence:.2f}"
    texts = (card.title, card.content, card.quote, card.level)
    return (date, *(text or NOTHING for text in texts), sure, card.url or NOTHING)


def _link(card: SourceCard, id_length: int, *, is_explained: bool) -> RenderableType:
    sure = Text.assemble(level_words(card), (f"  {inert_line((card.memory_id or '')[:id_length])}", "dim"))
    known = [("memory", cut_to(card.content, _LONGEST_MEMORY)), *quote_facts(card), ("source", sure)]
    blocks: list[RenderableType] = [facts((name.ljust(_LABEL_WIDTH), value) for name, value in known)]
    blocks += explanation(card) if is_explained else ()
    return Group(chat_title(card), *map(indented, blocks))


def _why_nothing(report: LookupReport, links: Sequence[SourceCard], *, is_chosen: bool) -> str:
    if not report.cards:
        return "nothing to show: the lake holds no such memory" if is_chosen else "the lake holds no memories"
    if links:
        return "no link is that sure"
    if all(card.level is None for card in report.cards):
        return f"nothing was looked up: {report.cards[0].why}"
    return f"no source was found for any of {counted(len(report.cards), 'memory')}"


def _summary_facts(summary: LookupSummary, *, hidden_count: int, floor: float | None) -> list[tuple[str, str | None]]:
    counts = [
        (summary.recorded_count, "recorded in a chat"),
        (summary.confirmed_count, "confirmed by you"),
        (summary.found_count, "found"),
        (summary.none_count, "without a source"),
    ]
    told = ", ".join(f"{count:,} {words}" for count, words in counts if count)
    return [
        ("memories", f"{summary.memory_count:,}: {told}" if told else f"{summary.memory_count:,}"),
        ("looked up", _work_words(summary)),
        ("left out", f"{counted(hidden_count, 'link')} less than {percent(floor or 0)} sure" if hidden_count else None),
        ("expected", _precision_words(summary)),
        ("unsaid", f"{counted(summary.unsaid_count, 'memory')} for which no words of yours were found"),
        ("calibration", summary.calibration_note),
    ]


def _work_words(summary: LookupSummary) -> str:
    if summary.looked_up_count:
        return f"{counted(summary.looked_up_count, 'memory')} in this run"
    return "nothing new; --all looks all of them up again"


def _precision_words(summary: LookupSummary) -> str | None:
    if summary.expected_precision is None or not summary.found_count:
        return None
    return f"{percent(summary.expected_precision)} of what was found is right"


def _next_steps(
    report: LookupReport, shown: Sequence[SourceCard], id_length: int, invocation: Invocation, *, is_explained: bool
) -> Group:
    """Return commands that lead on from the list; at least one."""
    steps: list[RenderableType] = []
    if shown and not is_explained:
        inferred = [card for card in shown if not _is_certain(card)]
        one = (inferred or shown)[-1]
        several = len({card.account_key for card in report.cards}) > 1
        account = ["--account", one.account_key] if several and one.account_key else []
        steps += [
            paragraph("how sure one of them is, step by step:"),
            typed(invocation.command(_COMMAND, *account, "--memory", (one.memory_id or "")[:id_length], "--explain")),
        ]
    if report.summary.unsaid_count:
        unsaid = paragraph("what you never said yourself, as far as the exports show:")
        steps += [unsaid, typed(invocation.command("query", "unsaid"))]
    if not shown:
        steps += [
            paragraph("what this lake can answer, and why not more:"),
            typed(invocation.command("status")),
        ]
    return Group(*steps)


def _other_place(card: SourceCard) -> Iterator[tuple[str, str]]:
    """Yield what else may be the source; where it is certain, nothing."""
    other = _nearest(card) if card.level == NOT_FOUND else card.runner_up
    if other and not _is_certain(card):
        if card.level == NOT_FOUND:
            yield "nearest", candidate_words(other, card.confidence or 0.0)
        else:
            yield "runner-up", candidate_words(other, other.score)


def _is_certain(card: SourceCard) -> bool:
    return card.is_confirmed or card.level == "recorded"


def _nearest(card: SourceCard) -> SourceCandidate | None:
    """Return what comes closest to a source; what hardly can be it is nothing to ask about."""
    if card.level == NOT_FOUND and (card.confidence or 0.0) < ALMOST_IMPOSSIBLE:
        return None
    return card.candidates[0] if card.candidates else card.runner_up


def _verdicts(
    card: SourceCard, invocation: Invocation, account: Sequence[str], *, is_explained: bool
) -> Iterator[RenderableType]:
    """Yield how to have a source explained, and how to say whether it is the right one."""
    called = ["--memory", card.memory_id] if card.memory_id else ["--text", card.content]
    if not is_explained and card.steps:
        explain = invocation.command(_COMMAND, *account, *called, "--explain")
        yield Group(paragraph("how it adds up, step by step:"), typed(explain))
    nearest = _nearest(card)
    place = card.conversation_id or (nearest.conversation_id if nearest else None)
    if card.memory_id is None or place is None or card.level is None or _is_certain(card):
        return
    question = "if that is it after all:" if card.level == NOT_FOUND else "right or wrong? It is kept for good:"
    verdicts = ["--confirm"] if card.level == NOT_FOUND else ["--confirm", "--reject"]
    commands = [invocation.command(_COMMAND, *account, one, card.memory_id, place) for one in verdicts]
    yield Group(paragraph(question), *map(typed, commands))
