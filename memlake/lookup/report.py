"""What looking up sources tells: one card a memory, and the counts of a run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupOptions:
    """Which memories to look up, and how; `again` also those that were looked up before."""

    account: str | None = None
    states: tuple[str, ...] = ()
    min_confidence: float | None = None
    again: bool = False
    wait_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupSummary:
    """How many memories have a source, and how far the answers can be trusted."""

    memory_count: int
    recorded_count: int
    confirmed_count: int
    found_count: int
    none_count: int
    unsaid_count: int  # said_by a document, the assistant or nobody
    looked_up_count: int  # in this run; 0 = nothing new
    expected_precision: float | None  # mean confidence of the found ones
    calibrated_on: int  # recorded links of this archive used to calibrate; 0 = the built-in calibration
    calibration_note: str  # one sentence for the report


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCandidate:
    """One message that a memory may have come from; `score` is the probability that it did.

    `excerpt` is the beginning of the message, where one memory was asked for.
    """

    rank: int
    conversation_id: str
    title: str | None
    url: str | None
    message_id: str | None
    message_at: datetime | None
    score: float
    excerpt: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceStep:
    """One step of the waterfall: positive points speak for the best candidate, negative ones against it."""

    name: str
    points: float
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCard:
    """Where a memory came from, or why no source was found.

    `level` is recorded, verbatim, near_verbatim, paraphrase or none; `None`: nothing was looked up. `confidence` is the
    probability that the best candidate is the source, also where the answer is none. `memory_id` and `state` are `None`
    for a text that is no memory of the lake.
    """

    account_key: str | None
    memory_id: str | None
    content: str
    state: str | None
    level: str | None
    confidence: float | None
    conversation_id: str | None
    title: str | None
    url: str | None
    message_id: str | None
    message_at: datetime | None
    quote: str | None
    quote_before: str  # neighbours of the quote inside its message
    quote_after: str
    said_by: str | None
    event_message_id: str | None
    is_confirmed: bool
    why: str
    runner_up: SourceCandidate | None
    candidates: tuple[SourceCandidate, ...]
    steps: tuple[EvidenceStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupReport:
    """The answer to looking up the sources of many memories."""

    summary: LookupSummary
    cards: tuple[SourceCard, ...]
