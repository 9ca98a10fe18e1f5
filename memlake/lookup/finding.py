"""Finds the most probable sources of all memories of one account: short lists, evidence, habits, probabilities."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

from memlake.collector import without_cycle_collector
from memlake.lake.connection import Database
from memlake.lake.fulltext import MessageIndex
from memlake.lookup.archive import AskedMemory
from memlake.lookup.evidence import Evidence, recitals, speaker_of_names, weigh
from memlake.lookup.habits import Case, lag_backgrounds, lag_between, settle
from memlake.lookup.model import Model
from memlake.lookup.passages import read_passages
from memlake.lookup.question import Question, own_names, questions
from memlake.lookup.shortlist import Calendar, Shortlist, shortlist

_BATCH = 250
_SEARCHERS = 2

Report = Callable[[int], None]
"""Told how many memories were looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A memory with its question and the evidence of its candidates, the promising first."""

    memory: AskedMemory
    question: Question
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A candidate message: its points by kind of evidence, and the probability that it is the source."""

    evidence: Evidence
    points: Mapping[str, float]
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The candidates of one memory, best conversation first, in each the best message first.

    `confidence` is the probability that the best conversation is the source, 0 without candidates.
    """

    memory: AskedMemory
    question: Question
    candidates: tuple[Scored, ...]
    confidence: float
    runner_up: Scored | None
    runner_up_confidence: float

    @property
    def best(self) -> Scored | None:
        """The candidate that is the source, if any is."""
        return self.candidates[0] if self.candidates else None


def compare(
    database: Database,
    index: MessageIndex,
    memories: Sequence[AskedMemory],
    *,
    calendar: Calendar,
    report: Report,
) -> list[Comparison]:
    """Return the evidence for each memory of one account, in their order; nothing is judged yet."""
    contents = [memory.content for memory in memories]
    asked = list(zip(memories, questions(contents, index, own_names=own_names(contents)), strict=True))
    compared: list[Comparison] = []
    with ThreadPoolExecutor(_SEARCHERS) as pool, without_cycle_collector():
        # the index is searched outside Python's lock, so this goes on while texts are compared
        lists = pool.map(lambda one: _shortlist(one[0], one[1], index, calendar), asked)
        for begin in range(0, len(asked), _BATCH):
            batch = asked[begin : begin + _BATCH]
            compared.extend(_compare_batch(database, index, batch, list(islice(lists, len(batch)))))
            report(len(compared))
    return compared


def judge(
    compared: Sequence[Comparison], *, calendar: Calendar, model: Model, message_count: int, is_blind: bool = False
) -> list[Finding]:
    """Turn the evidence of all memories of one account into probabilities, with the habits that they have together.

    `is_blind` hides what is recorded or confirmed, to see how well it would have been found.
    """
    points = [[model.points(evidence) for evidence in one.evidence] for one in compared]
    cases = [
        _case(one, rows, calendar, none_points=model.none_points(one.question, message_count=message_count))
        for one, rows in zip(compared, points, strict=True)
    ]
    if not is_blind:
        for one, case in zip(compared, cases, strict=True):
            known = one.memory.known
            case.known = next(
                (e.passage.conversation_number for e in one.evidence if e.passage.conversation_id == known), None
            )
    settle(cases, calendar=calendar, crowding=model.crowding)
    return [_finding(one, rows, case) for one, rows, case in zip(compared, points, cases, strict=True)]


def _compare_batch(
    database: Database,
    index: MessageIndex,
    batch: Sequence[tuple[AskedMemory, Question]],
    lists: Sequence[Shortlist],
) -> Iterator[Comparison]:
    forms = {form for _, question in batch for word in question.words for form in word.forms}
    passages = read_passages(database, index, {number for one in lists for number in one.numbers}, words=forms)
    asked = [(question, one.found) for (_, question), one in zip(batch, lists, strict=True)]
    recited = recitals(asked, passages)
    told = passages.without(recited)
    for (memory, question), one in zip(batch, lists, strict=True):
        numbers = [number for number in one.numbers if number not in recited]
        evidence = weigh(question, told, numbers, chats=one.chats)
        names = speaker_of_names(question, {name: _frequencies(index, question, name) for name in question.names})
        yield Comparison(
            memory=memory,
            question=question,
            evidence=tuple(
                replace(one, names=names if one.passage.is_by_user else -names) if names else one for one in evidence
            ),
        )


def _shortlist(memory: AskedMemory, question: Question, index: MessageIndex, calendar: Calendar) -> Shortlist:
    near = calendar.near(memory.created_at) if memory.created_at is not None else ()
    return shortlist(question, index, account=memory.account_key, near=near, rejected=memory.rejected)


def _frequencies(index: MessageIndex, question: Question, name: str) -> tuple[int, int]:
    forms = next(word.forms for word in question.words if word.text == name)
    by_user, by_others = (
        sum(index.document_frequency(form, speaker=speaker) for form in forms) for speaker in ("user", "other")
    )
    return by_user, by_others


def _case(one: Comparison, rows: Sequence[Mapping[str, float]], calendar: Calendar, *, none_points: float) -> Case:
    created_at = one.memory.created_at
    passages = [evidence.passage for evidence in one.evidence]
    return Case(
        points=[sum(row.values()) for row in rows],
        none_points=none_points,
        conversations=[passage.conversation_number for passage in passages],
        messages=[passage.number for passage in passages],
        lags=[lag_between(created_at, passage.said_at) for passage in passages],
        by_user=[passage.is_by_user for passage in passages],
        lag_backgrounds=lag_backgrounds(created_at, calendar),
    )


def _finding(one: Comparison, rows: Sequence[dict[str, float]], case: Case) -> Finding:
    by_conversation: dict[int, float] = defaultdict(float)
    for conversation, share in zip(case.conversations, case.shares, strict=False):
        by_conversation[conversation] += share
    began: dict[int, float] = defaultdict(lambda: math.inf)
    for evidence in one.evidence:
        number, said_at = evidence.passage.conversation_number, evidence.passage.said_at
        began[number] = min(began[number], math.inf if said_at is None else said_at)
    scored = [
        Scored(
            evidence=evidence,
            points=row | {habit: row.get(habit, 0.0) + points[place] for habit, points in case.extra.items()},
            probability=case.shares[place],
        )
        for place, (evidence, row) in enumerate(zip(one.evidence, rows, strict=True))
    ]
    scored.sort(
        key=lambda candidate: (
            -by_conversation[candidate.evidence.passage.conversation_number],
            began[candidate.evidence.passage.conversation_number],
            candidate.evidence.passage.conversation_id,
            -candidate.probability,
            candidate.evidence.passage.number,
        )
    )
    best = scored[0].evidence.passage.conversation_number if scored else None
    runner_up = next((one for one in scored if one.evidence.passage.conversation_number != best), None)
    return Finding(
        memory=one.memory,
        question=one.question,
        candidates=tuple(scored),
        confidence=by_conversation[best] if best is not None else 0.0,
        runner_up=runner_up,
        runner_up_confidence=by_conversation[runner_up.evidence.passage.conversation_number] if runner_up else 0.0,
    )
