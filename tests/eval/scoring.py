"""How good source lookup is: the truth about each memory against what a lake says of it.

Every measure is a share from 0 to 1, or `None` where it has nothing to count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import groupby

from eval.exports import Truth

WANTED_PRECISION = 0.95
FEW = 5
BIN_COUNT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A message that a memory may be from; `is_later_answer`: the assistant said it after the true source."""

    conversation_id: str
    message_id: str
    is_later_answer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a lake says of one memory: its candidates, best first, and the source that it names, if any.

    `confidence` is the probability that the best candidate is the source, `None` before a lookup.
    """

    candidates: tuple[Candidate, ...] = ()
    conversation_id: str | None = None
    confidence: float | None = None
    said_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A memory with the truth and the answer."""

    truth: Truth
    answer: Answer

    @property
    def has_source(self) -> bool:
        """Whether the export holds the source."""
        return self.truth.conversation_id is not None

    @property
    def is_answered(self) -> bool:
        """Whether the lake names a source."""
        return self.answer.conversation_id is not None

    @property
    def confidence(self) -> float:
        """How sure the lake is of its best candidate; not at all where it has not looked."""
        return self.answer.confidence or 0.0

    @property
    def best(self) -> Candidate | None:
        """The first candidate."""
        return next(iter(self.answer.candidates), None)

    @property
    def named(self) -> str | None:
        """The conversation that is named, or would be at a lower threshold."""
        return self.answer.conversation_id or (self.best.conversation_id if self.best else None)

    @property
    def is_right(self) -> bool:
        """Whether `named` is the source; never so for a memory without one."""
        return self.has_source and self.named == self.truth.conversation_id

    @property
    def rank(self) -> int | None:
        """The place of the true conversation, from 1, each counted once; `None` if it is no candidate."""
        conversations = list(dict.fromkeys(candidate.conversation_id for candidate in self.answer.candidates))
        wanted = self.truth.conversation_id
        return conversations.index(wanted) + 1 if wanted in conversations else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What a set of answers is worth. Ranks and messages count only memories that have a source."""

    memory_count: int
    source_count: int
    recall_at_1: float | None
    recall_at_5: float | None
    mean_reciprocal_rank: float | None
    message_recall_at_1: float | None
    answered: float | None
    precision: float | None  # of what is answered; any answer for a memory without a source is wrong
    coverage_at_95: float | None
    auroc: float | None
    calibration_error: float | None
    said_by_accuracy: float | None
    echoes: float | None  # of the sources: the assistant's later words come first instead


def measure(rows: Sequence[Judged]) -> Measures:
    """Return all measures of a set of answers."""
    present = [row for row in rows if row.has_source]
    answered = [row for row in rows if row.is_answered]
    return Measures(
        memory_count=len(rows),
        source_count=len(present),
        recall_at_1=_share(present, lambda row: row.rank == 1),
        recall_at_5=_share(present, lambda row: row.rank is not None and row.rank <= FEW),
        mean_reciprocal_rank=_mean(1 / row.rank if row.rank else 0.0 for row in present),
        message_recall_at_1=_share(present, _has_right_message),
        answered=_share(rows, lambda row: row.is_answered),
        precision=_share(answered, lambda row: row.is_right),
        coverage_at_95=coverage(rows, WANTED_PRECISION),
        auroc=auroc([row.confidence for row in present], [row.confidence for row in rows if not row.has_source]),
        calibration_error=calibration_error(answered),
        said_by_accuracy=_share(rows, lambda row: _said_by(row) == row.truth.said_by),
        echoes=_share(present, _is_echo),
    )


def measures_by(rows: Iterable[Judged], key: Callable[[Judged], str]) -> dict[str, Measures]:
    """Return the measures of each group of answers, in order of their keys."""
    return {name: measure(list(group)) for name, group in groupby(sorted(rows, key=key), key=key)}


def coverage(rows: Sequence[Judged], precision: float) -> float | None:
    """Return the largest share of all memories that can be answered so that this share of the answers is right.

    Answers are taken in order of their confidence, equally sure ones together; what has no candidate is none.
    """
    if not rows:
        return None
    candidates = sorted((row for row in rows if row.named), key=lambda row: row.confidence, reverse=True)
    taken = right = largest = 0
    for _, group in groupby(candidates, key=lambda row: row.confidence):
        equally_sure = list(group)
        taken += len(equally_sure)
        right += sum(row.is_right for row in equally_sure)
        largest = taken if right >= precision * taken else largest
    return largest / len(rows)


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Return how often a positive has the higher value than a negative; a tie counts half."""
    if not positives or not negatives:
        return None
    wins = sum((positive > negative) + (positive == negative) / 2 for positive in positives for negative in negatives)
    return wins / (len(positives) * len(negatives))


def calibration_error(answered: Sequence[Judged]) -> float | None:
    """Return how far, on average, the confidence of answers is from the share that is right, by bins of confidence."""
    if not answered:
        return None
    excess = [0.0] * BIN_COUNT
    for row in answered:
        excess[min(int(row.confidence * BIN_COUNT), BIN_COUNT - 1)] += row.confidence - row.is_right
    return sum(map(abs, excess)) / len(answered)


def figures(measures: Measures) -> dict[str, float]:
    """Return the measures that have a value, by name, counts included."""
    values = {field.name: getattr(measures, field.name) for field in fields(measures)}
    return {name: value for name, value in values.items() if value is not None}


def _has_right_message(row: Judged) -> bool:
    best = row.best
    return (
        best is not None
        and best.conversation_id == row.truth.conversation_id
        and best.message_id in row.truth.message_ids
    )


def _is_echo(row: Judged) -> bool:
    best = row.best
    return best is not None and best.is_later_answer and best.conversation_id != row.truth.conversation_id


def _said_by(row: Judged) -> str | None:
    """Return who is named; nobody where a lookup names no source."""
    is_looked_up = row.answer.confidence is not None
    return row.answer.said_by or ("nobody" if is_looked_up and not row.is_answered else None)


def _share(rows: Sequence[Judged], is_counted: Callable[[Judged], bool]) -> float | None:
    return _mean(float(is_counted(row)) for row in rows)


def _mean(values: Iterable[float]) -> float | None:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else None
