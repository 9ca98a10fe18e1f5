"""Says in plain words why a message is the source of a memory, or why none is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from memlake.lookup.finding import Finding, Scored
from memlake.lookup.levels import is_said
from memlake.lookup.question import Question
from memlake.lookup.report import EvidenceStep
from memlake.lookup.shortlist import Calendar
from memlake.text import inert_line

Titles = Mapping[tuple[str, str], str | None]
"""(account_key, conversation_id) -> title."""

_TOLD_WORDS = 4
_WORTH_NAMING = 0.1  # what is less likely is as far from the memory as any other chat
_WORTH_TELLING = 0.35
_TOO_GENERIC = 9.0  # the rarity of two or three rare words
_MINUTE, _HOUR, _DAY = 60.0, 3_600.0, 86_400.0
_NAMES = {
    "words": "shared words",
    "window": "messages around it",
    "spelling": "like spellings",
    "phrase": "wording and order",
    "speaker": "speaker",
    "echo": "said before elsewhere",
    "date": "date",
    "list_place": "place in the list",
    "crowd": "other memories from there",
}


def steps(finding: Finding, candidate: Scored) -> tuple[EvidenceStep, ...]:
    """Return what each kind of evidence adds for one candidate, the strongest first."""
    ordered = sorted(candidate.points.items(), key=lambda item: -abs(item[1]))
    return tuple(
        EvidenceStep(name=_NAMES[column], points=round(points, 2), detail=_detail(column, finding, candidate))
        for column, points in ordered
        if abs(points) >= 0.005  # noqa: PLR2004 - shown with two digits
    )


def why(finding: Finding, candidate: Scored) -> str:
    """Return the strongest reasons for the best candidate in one line."""
    strongest = sorted(candidate.points.items(), key=lambda item: -item[1])
    told = [
        _detail(column, finding, candidate)
        for column, points in strongest
        if points >= _WORTH_TELLING and column not in ("crowd", "echo")
    ]
    first = _detail("words", finding, candidate)
    return "; ".join(dict.fromkeys([first, *told]))


def why_not(finding: Finding, calendar: Calendar, *, titles: Titles) -> str:
    """Return in one line why no source was found, and what comes closest."""
    reasons = [*_rejections(finding, titles), *_reasons_against(finding, calendar)]
    best = finding.best
    if best is not None and finding.confidence >= _WORTH_NAMING:
        chat = _chat(finding, best.evidence.passage.conversation_id, titles)
        reasons.append(f"the closest is {chat} ({100 * finding.confidence:.0f} %)")
    return "; ".join(reasons or ["no message says it"])


def _rejections(finding: Finding, titles: Titles) -> Iterator[str]:
    rejected = sorted(_chat(finding, conversation_id, titles) for conversation_id in finding.memory.rejected)
    if rejected:
        yield f"you rejected {', '.join(rejected)}, which --confirm takes back"


def _chat(finding: Finding, conversation_id: str, titles: Titles) -> str:
    title = titles.get((finding.memory.account_key, conversation_id))
    return f'"{inert_line(title)[:60]}"' if title else "a chat without a title"


def _reasons_against(finding: Finding, calendar: Calendar) -> Iterator[str]:
    memory, best = finding.memory, finding.best
    moment = memory.created_at
    if not memory.content.strip():
        yield "the memory has no text"
    elif is_said(finding):
        yield "you said it word for word, but nothing tells from which chat it is"
    elif not any(word.forms for word in finding.question.words):
        yield "none of its words is in any conversation" if finding.question.words else "it has no word to search for"
    elif finding.question.rarity < _TOO_GENERIC and best is not None:
        yield "it is too generic: its words are too common to tell conversations apart"
    if moment is not None and calendar.began:
        yield from _reasons_of_date(finding, calendar, moment)
    if memory.channel == "prose":
        yield "the provider rewrites this kind of memory"


def _reasons_of_date(finding: Finding, calendar: Calendar, moment: float) -> Iterator[str]:
    saved = f"it was saved on {_day(moment)}"
    if moment < calendar.began[0] - _DAY:
        yield f"{saved}, before the oldest conversation in the exports ({_day(calendar.began[0])})"
    elif not calendar.near(moment):
        yield f"{saved}, and no export has a conversation of the two days before: deleted since, or a temporary chat"
    elif finding.best is not None and not finding.memory.rejected and finding.question.rarity >= _TOO_GENERIC:
        yield "conversations of those days are there, but none says it clearly: a temporary chat, or reworded since"


def _detail(column: str, finding: Finding, candidate: Scored) -> str:
    evidence, speaks_for = candidate.evidence, candidate.points[column] > 0
    shared = ", ".join(_shared(finding.question, candidate))
    return {
        "words": f"shares {shared}" if shared else "shares none of its words",
        "window": "the messages around it fit too" if speaks_for else "the messages around it do not fit",
        "spelling": "its letters are much alike" if speaks_for else "its letters differ",
        "phrase": f"worded {evidence.alignment:.0%} alike",
        "speaker": "said by you" if evidence.passage.is_by_user else "said by the assistant",
        "echo": "another chat said it before" if evidence.echo else "no other chat said it before",
        "date": _lag(finding.memory.created_at, evidence.passage.said_at),
        "list_place": f"its neighbours in the list are {'of' if speaks_for else 'not of'} that time",
        "crowd": "other memories come from this message" if not speaks_for else "no other memory comes from it",
    }[column]


def _shared(question: Question, candidate: Scored) -> list[str]:
    said = candidate.evidence.passage.words
    rarest = sorted(question.words, key=lambda word: -word.rarity)
    return [f"'{inert_line(word.text)}'" for word in rarest if not said.isdisjoint(word.forms)][:_TOLD_WORDS]


def _lag(created_at: float | None, said_at: float | None) -> str:
    if created_at is None or said_at is None:
        return "no date to compare"
    seconds = created_at - said_at
    size, side = abs(seconds), "before" if seconds >= 0 else "after"
    for unit, name in ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute")):
        if size >= unit:
            count = round(size / unit)
            return f"said {count} {name}{'s' if count > 1 else ''} {side} it was saved"
    return "said as it was saved"


def _day(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d}"
