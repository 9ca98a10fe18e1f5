"""Turns findings into what the lake keeps: level, probability, quote, who said it, and why."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

import orjson

from memlake.lake.links import CandidateRow, LookupRow
from memlake.lookup.calibration import Calibration
from memlake.lookup.finding import Finding, Scored
from memlake.lookup.levels import is_said, level_of
from memlake.lookup.model import method_version
from memlake.lookup.pasted import said_in
from memlake.lookup.quotes import Quote, best_quote
from memlake.lookup.reasons import Titles, steps, why, why_not
from memlake.lookup.shortlist import Calendar

SURE_ENOUGH = 0.5
"""Below this probability the answer is that no source was found."""

_SUREST = 0.999  # nothing that was inferred is certain
_KEPT_CANDIDATES = 10
_LEAST_SIMILARITY = 0.3


def answer(
    finding: Finding, *, calendar: Calendar, calibration: Calibration, basis_key: str, titles: Titles
) -> LookupRow:
    """Return the row of a memory: its source, or "none" with the reason."""
    memory, best = finding.memory, finding.best
    confidence = min(_SUREST, calibration.corrected(finding.confidence)) if best else 0.0
    is_found = best is not None and confidence >= SURE_ENOUGH
    quote = _quote(finding, best) if best is not None and is_found else None
    passage = best.evidence.passage if best is not None else None
    return LookupRow(
        account_key=memory.account_key,
        memory_id=memory.memory_id or "",
        content=memory.content,
        basis_key=basis_key,
        method_version=method_version(),
        level=level_of(finding, best) if best is not None and is_found else "none",
        confidence=round(confidence, 4),
        conversation_id=passage.conversation_id if passage and is_found else None,
        message_id=passage.message_id if passage and is_found else None,
        quote=quote.text if quote else None,
        quote_start=quote.start if quote else None,
        quote_end=quote.end if quote else None,
        said_by=_said_by(best, quote) if best is not None and quote else "user" if is_said(finding) else "nobody",
        runner_up_conversation_id=_runner_up(finding, is_found=is_found),
        why=why(finding, best) if best is not None and is_found else why_not(finding, calendar, titles=titles),
        explanation=orjson.dumps([asdict(step) for step in steps(finding, best)] if best else []).decode(),
        run_id=None,
    )


def candidate_rows(finding: Finding, *, calibration: Calibration) -> list[CandidateRow]:
    """Return the rows of the best candidates; their scores are corrected as the confidence is."""
    memory, best = finding.memory, finding.best
    if best is None or memory.memory_id is None:
        return []
    sure = finding.confidence
    corrected = calibration.corrected(sure)
    inside = corrected / sure if sure else 1.0
    outside = (1 - corrected) / (1 - sure) if sure < 1 else 1.0
    best_chat = best.evidence.passage.conversation_id
    return [
        CandidateRow(
            account_key=memory.account_key,
            memory_id=memory.memory_id,
            rank=rank,
            conversation_id=passage.conversation_id,
            message_id=passage.message_id,
            score=round(min(1.0, one.probability * (inside if passage.conversation_id == best_chat else outside)), 6),
            **{column: round(points, 4) for column, points in one.points.items()},
            method_version=method_version(),
        )
        for rank, one in enumerate(finding.candidates[:_KEPT_CANDIDATES], start=1)
        for passage in [one.evidence.passage]
    ]


def _quote(finding: Finding, best: Scored) -> Quote:
    evidence = best.evidence
    words = [form for word in finding.question.words for form in word.forms]
    quote = best_quote(finding.memory.content, evidence.passage.text, words=words or None)
    if quote.similarity >= _LEAST_SIMILARITY or not evidence.sentences:
        return quote
    start, end = evidence.sentences[0].start, evidence.sentences[-1].end
    return Quote(evidence.passage.text[start:end], start, end, evidence.sentence)


def _said_by(best: Scored, quote: Quote) -> Literal["user", "document", "assistant"]:
    passage = best.evidence.passage
    return said_in(passage.text, quote.start, quote.end) if passage.is_by_user else "assistant"


def _runner_up(finding: Finding, *, is_found: bool) -> str | None:
    """Return the next best conversation; where no source was found, the best one."""
    other = finding.runner_up if is_found else finding.best
    return other.evidence.passage.conversation_id if other else None
