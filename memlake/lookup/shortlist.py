"""Which messages are worth a close look: those that the index finds, and those of the days before a memory's date."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from memlake.lake.fulltext import MessageIndex, Speaker
from memlake.lookup.question import Question

_KEPT_BY_USER = 18
_KEPT_BY_OTHERS = 12
_KEPT_BY_DATE = 8
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


def shortlist(question: Question, index: MessageIndex, *, account: str, near: Sequence[int]) -> dict[int, float]:
    """Return the numbers of promising messages with their score, as a share of the best score of their speaker.

    Each speaker has an index, so that long answers do not crowd out what the user said. `near` are conversations
    (conversation_number) of the memory's date, in which even a weak likeness counts.
    """
    known = sorted((word for word in question.words if word.forms), key=lambda word: -word.rarity)
    groups = [word.forms for word in known[:_SEARCHED_WORDS]]
    found: dict[int, float] = {}
    limits: tuple[tuple[Speaker, int], ...] = (("user", _KEPT_BY_USER), ("other", _KEPT_BY_OTHERS))
    for speaker, kept in limits:
        hits = index.search(groups, speaker=speaker, account=account, limit=kept)
        best = hits[0][1] if hits else 1.0
        found.update((number, score / best) for number, score in hits)
        if near:
            dated = index.search(groups, speaker=speaker, account=account, conversations=near, limit=_KEPT_BY_DATE)
            found.update((number, score / best + _DATE_BONUS) for number, score in dated)
    return found
