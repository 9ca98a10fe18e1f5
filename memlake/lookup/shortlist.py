"""Which messages are worth a close look: those that the index finds, and those of the days before a memory's date."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from memlake.lake.fulltext import MessageIndex, Speaker
from memlake.lookup.question import Question

CLOSELY_READ = 12
"""So many messages of a memory are read sentence by sentence."""

_FOUND_OF_USER = 40
_FOUND_OF_OTHERS = 30
_FOUND_BY_DATE = 8
_WEIGHT_OF_OTHERS = 0.8  # most memories are what the user said
_SEARCHED_WORDS = 10
_DATE_BONUS = 0.3
_DAY_SECONDS = 86_400.0
_DAYS_BEFORE = 2.0
_SLACK_SECONDS = 3_600.0


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the conversations of one account began and ended: what a memory's date is compared with.

    `began` is sorted; `ended` and `numbers` (conversation_number) stand in the same order. Seconds since 1970.
    """

    began: tuple[float, ...]
    ended: tuple[float, ...]
    numbers: tuple[int, ...]

    def near(self, moment: float) -> list[int]:
        """Return the conversations that went on in the days before a moment."""
        first = bisect_left(self.began, moment - _DAYS_BEFORE * _DAY_SECONDS)
        last = bisect_right(self.began, moment + _SLACK_SECONDS)
        return list(self.numbers[first:last])

    def share_between(self, earliest: float, latest: float) -> float:
        """Return which share of all conversations began in `[earliest, latest)`."""
        if not self.began:
            return 0.0
        return (bisect_left(self.began, latest) - bisect_left(self.began, earliest)) / len(self.began)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """What the index says of one memory: which messages may be its source, and which conversations tell of it.

    `numbers` are message numbers, the promising first; `found` are all that were considered. `chats` says how much the
    messages of a conversation (conversation_number) have of it together, 1 = as no other conversation.
    """

    numbers: tuple[int, ...]
    found: frozenset[int]
    chats: Mapping[int, float]


def shortlist(
    question: Question,
    index: MessageIndex,
    *,
    account: str,
    near: Sequence[int],
    rejected: Collection[str] = (),
) -> Shortlist:
    """Return the promising messages of one memory; none is of the `rejected` conversations (conversation_id).

    Each speaker has an index, so that long answers do not crowd out what the user said. `near` are conversations
    (conversation_number) of the memory's date, in which even a weak likeness counts.
    """
    places = index.places
    scores, bonus = _scores(question, index, account, near, rejected)
    ordered = sorted(scores, key=lambda number: (-scores[number] - bonus.get(number, 0.0), places[number].age))
    squares: dict[int, float] = defaultdict(float)
    for number in ordered:
        squares[places[number].conversation_number] += scores[number] ** 2
    most = max(squares.values(), default=1.0)
    return Shortlist(
        numbers=tuple(ordered[:CLOSELY_READ]),
        found=frozenset(ordered),
        chats={conversation: math.sqrt(square / most) for conversation, square in squares.items()},
    )


def _scores(
    question: Question, index: MessageIndex, account: str, near: Sequence[int], rejected: Collection[str]
) -> tuple[dict[int, float], dict[int, float]]:
    """Return the score of each message, as a share of the best one of its speaker, and what its date adds."""
    known = sorted((word for word in question.words if word.forms), key=lambda word: -word.rarity)
    groups = [word.forms for word in known[:_SEARCHED_WORDS]]

    def search(speaker: Speaker, limit: int, conversations: Sequence[int] | None = None) -> list[tuple[int, float]]:
        hits = index.search(groups, speaker=speaker, account=account, conversations=conversations, limit=limit)
        places = [index.places[number] for number, _ in hits]
        return [
            hit
            for hit, place in zip(hits, places, strict=True)
            if place.is_spoken and place.conversation_id not in rejected
        ]

    scores: dict[int, float] = {}
    bonus: dict[int, float] = {}
    limits: tuple[tuple[Speaker, int, float], ...] = (
        ("user", _FOUND_OF_USER, 1.0),
        ("other", _FOUND_OF_OTHERS, _WEIGHT_OF_OTHERS),
    )
    for speaker, limit, weight in limits:
        hits = search(speaker, limit)
        best = (hits[0][1] if hits else 1.0) / weight
        scores.update((number, score / best) for number, score in hits)
        if near:
            dated = search(speaker, _FOUND_BY_DATE, near)
            scores.update((number, score / best) for number, score in dated)
            bonus.update((number, _DATE_BONUS) for number, _ in dated)
    return scores, bonus
