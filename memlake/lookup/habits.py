"""What is usual in one archive, learnt from all its memories together: how soon after its source a memory is saved,
who says it, and whether the list is in the order in which memories were learnt.

A date or a place in the list counts only as far as the texts bear it out: where memories bear wrong dates, lags of all
lengths turn out to be usual, and dates say nothing. The method is expectation maximisation: probabilities of sources
give habits, habits give points, and points give probabilities again.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from memlake.lookup.model import probabilities
from memlake.lookup.shortlist import Calendar

ROUNDS = 8
_DAY = 86_400.0
LAGS = tuple(days * _DAY for days in (-1 / 24, 1 / 24, 1.5, 4.0, 10.0, 30.0, 60.0, 120.0, 240.0, 400.0))
"""Borders between lags from a message to the date of a memory, in seconds; a memory is hardly older than its source."""

_USUAL_LAGS = (0.004, 0.266, 0.25, 0.08, 0.06, 0.08, 0.06, 0.06, 0.05, 0.04, 0.05)
_USUAL_SPEAKERS = (0.15, 0.85)  # others, the user
_STEPS = (-40, -10, -3, -1, 0, 1, 3, 10, 40)
# so many memories outweigh what is usual elsewhere
_LAG_TRUST, _SPEAKER_TRUST, _STEP_TRUST, _COMPANY_TRUST = 8.0, 10.0, 30.0, 10.0
_LEAST = 1e-3
_STRAY = 0.05
_MOST_NEIGHBOURS = 6


@dataclass(slots=True)
class Case:
    """One memory with its candidates; `points`, `conversations`, `messages`, `lags`, `by_user` stand in one order."""

    points: list[float]  # from the texts
    none_points: float
    conversations: list[int]  # conversation_number
    messages: list[int]  # message_number
    lags: list[int | None]  # which lag of LAGS; null where a date is missing
    by_user: list[bool]
    lag_backgrounds: list[float] = field(default_factory=list)  # how usual each lag is among all conversations
    known: int | None = None  # the conversation_number of a source that is recorded or confirmed
    extra: dict[str, list[float]] = field(default_factory=dict)  # points by habit, one per candidate
    none_extra: float = 0.0  # points of "none" by its place in the list
    shares: list[float] = field(default_factory=list)  # probability of each candidate, then of none

    def by_conversation(self) -> dict[int, float]:
        """Return the probability of each conversation."""
        if self.known is not None:
            return {self.known: 1.0}
        sums: dict[int, float] = defaultdict(float)
        for conversation, share in zip(self.conversations, self.shares, strict=False):
            sums[conversation] += share
        return sums


@dataclass(frozen=True, slots=True)
class Habits:
    """The habits of an archive: a share for each lag, for others and the user, for each step in the list.

    `company` is how much more often than by chance two memories side by side both have a source (or one, or none).
    """

    lags: tuple[float, ...]
    speakers: tuple[float, ...]
    steps: tuple[float, ...]
    company: tuple[float, float, float] = (1.0, 1.0, 1.0)


def lag_between(created_at: float | None, said_at: float | None) -> int | None:
    """Return which of the lags lies between a message and a memory's date."""
    return None if created_at is None or said_at is None else bisect_right(LAGS, created_at - said_at)


def lag_backgrounds(created_at: float | None, calendar: Calendar) -> list[float]:
    """Return which share of all conversations lies each lag before a memory's date."""
    if created_at is None:
        return []
    borders = [-math.inf, *LAGS, math.inf]
    shares = [calendar.share_between(created_at - high, created_at - low) for low, high in pairwise(borders)]
    smoothing = 0.3 / max(1, len(calendar.numbers))
    total = sum(shares) + smoothing * len(shares)
    return [(share + smoothing) / total for share in shares]


def settle(cases: Sequence[Case], *, calendar: Calendar, crowding: float) -> Habits:
    """Fill in `shares` and `extra` of all memories of one account, given in the order of its list."""
    ranks = {number: rank for rank, number in enumerate(calendar.numbers)}
    habits = Habits(_USUAL_LAGS, _USUAL_SPEAKERS, _usual_steps(len(ranks)))
    for case in cases:
        case.extra, case.none_extra = {}, 0.0
        _share_out(case)
    for _ in range(ROUNDS):
        crowds = _crowds(cases)
        pull = _ListPull(cases, ranks, habits)
        for place, case in enumerate(cases):
            case.extra = {
                "date": _lag_points(case, habits.lags),
                "speaker": [math.log(habits.speakers[by_user] / 0.5) for by_user in case.by_user],
                "list_place": pull.points(place),
                "crowd": _crowd_points(case, crowds, crowding),
            }
            case.none_extra = pull.none_points(place)
        for case in cases:
            _share_out(case)
        habits = _learn(cases, pull)
    return habits


def _share_out(case: Case) -> None:
    sums = [sum(points) for points in zip(case.points, *case.extra.values(), strict=True)]
    case.shares = probabilities([*sums, case.none_points + case.none_extra])


def _learn(cases: Sequence[Case], pull: _ListPull) -> Habits:
    lags = [share * _LAG_TRUST for share in _USUAL_LAGS]
    speakers = [share * _SPEAKER_TRUST for share in _USUAL_SPEAKERS]
    for case in cases:
        known = case.known
        shares = case.shares if known is None else _shares_within(case, known)
        for share, lag, by_user in zip(shares, case.lags, case.by_user, strict=False):
            speakers[by_user] += share
            if lag is not None:
                lags[lag] += share
    return Habits(_parts(lags), _parts(speakers), *pull.learn())


def _shares_within(case: Case, conversation: int) -> list[float]:
    inside = [
        share if number == conversation else 0.0 for share, number in zip(case.shares, case.conversations, strict=False)
    ]
    total = sum(inside) or 1.0
    return [share / total for share in inside]


def _lag_points(case: Case, habit: Sequence[float]) -> list[float]:
    return [
        0.0 if lag is None else math.log((habit[lag] + _LEAST) / (case.lag_backgrounds[lag] + _LEAST))
        for lag in case.lags
    ]


def _crowds(cases: Sequence[Case]) -> dict[int, float]:
    crowds: dict[int, float] = defaultdict(float)
    for case in cases:
        for message, share in zip(case.messages, case.shares, strict=False):
            crowds[message] += share
    return crowds


def _crowd_points(case: Case, crowds: Mapping[int, float], crowding: float) -> list[float]:
    """Take points from messages that are the source of other memories already: who says a thing, says it once."""
    return [
        -crowding * math.log1p(max(0.0, crowds[message] - share))
        for message, share in zip(case.messages, case.shares, strict=False)
    ]


class _ListPull:
    """How a memory's neighbours in the list draw it to the time of their own sources, or to having none like them."""

    def __init__(self, cases: Sequence[Case], ranks: Mapping[int, int], habits: Habits) -> None:
        self._count = len(ranks)
        self._habits = habits
        self._cases = cases
        self._ranks = ranks
        self._chats = [
            [
                (ranks[number], share)
                for number, share in sorted(case.by_conversation().items(), key=lambda item: -item[1])[
                    :_MOST_NEIGHBOURS
                ]
                if number in ranks
            ]
            for case in cases
        ]
        self._found = [sum(case.by_conversation().values()) for case in cases]

    def points(self, place: int) -> list[float]:
        """Return the points of each candidate of a memory, by its place in the list."""
        case = self._cases[place]
        pulls: dict[int, float] = {}
        for number in set(case.conversations):
            rank = self._ranks.get(number)
            sides = [] if rank is None else [self._pull(rank, near, side) for near, side in self._neighbours(place)]
            pulls[number] = sum(sides) / max(1, len(sides))
        return [pulls[number] for number in case.conversations]

    def none_points(self, place: int) -> float:
        """Return the points of "none" for a memory, by its place in the list."""
        _, mixed, neither = self._habits.company
        found = [self._found[near] for near, _ in self._neighbours(place)]
        return sum(_tempered(share * mixed + (1 - share) * neither) for share in found) / max(1, len(found))

    def _neighbours(self, place: int) -> list[tuple[int, int]]:
        """Return the places before and behind, with the direction of the step from there.

        Their pulls are averaged: two neighbours of one conversation tell the same, and no more than one.
        """
        return [(near, side) for near, side in ((place - 1, 1), (place + 1, -1)) if 0 <= near < len(self._chats)]

    def learn(self) -> tuple[tuple[float, ...], tuple[float, float, float]]:
        """Return how usual each step from one memory of the list to the next is, and the company that they keep."""
        counts = [share * _STEP_TRUST for share in _usual_steps(self._count)]
        for here, following in pairwise(self._chats):
            for rank, share in here:
                for other, other_share in following:
                    counts[_step(other - rank)] += share * other_share
        return _parts(counts), _company(self._found)

    def _pull(self, rank: int, neighbour: int, direction: int) -> float:
        """Return the points that a neighbour gives to a conversation, by its rank in time."""
        both, mixed, _ = self._habits.company
        ratio = mixed * (1 - self._found[neighbour])
        for other, share in self._chats[neighbour]:
            step = _step((rank - other) * direction)
            odds = self._habits.steps[step] / _step_background(other, self._count, direction)[step]
            ratio += both * share * odds
        return _tempered(ratio)


def _tempered(ratio: float) -> float:
    """Return the points of a ratio of probabilities; now and then a neighbour is there by accident."""
    return math.log((1 - _STRAY) * ratio + _STRAY)


def _company(found: Sequence[float]) -> tuple[float, float, float]:
    """Return how much more often than by chance neighbours both have a source, only one of them, or neither."""
    pairs = list(pairwise(found))
    if not pairs:
        return 1.0, 1.0, 1.0
    share = min(1 - _LEAST, max(_LEAST, sum(found) / len(found)))
    chance = (share**2, 2 * share * (1 - share), (1 - share) ** 2)
    both = sum(one * other for one, other in pairs)
    neither = sum((1 - one) * (1 - other) for one, other in pairs)
    counts = (both, len(pairs) - both - neither, neither)
    ratios = [
        (count + part * _COMPANY_TRUST) / ((len(pairs) + _COMPANY_TRUST) * part)
        for count, part in zip(counts, chance, strict=True)
    ]
    return ratios[0], ratios[1], ratios[2]


def _step(difference: int) -> int:
    return bisect_right(_STEPS, difference)


def _usual_steps(count: int) -> tuple[float, ...]:
    """Return how usual each step is in a shuffled list."""
    some = range(0, count, max(1, count // 50))
    backgrounds = [_step_background(rank, count) for rank in some]
    return (
        _parts([sum(shares) for shares in zip(*backgrounds, strict=True)])
        if backgrounds
        else (1.0,) * (len(_STEPS) + 1)
    )


@cache
def _step_background(rank: int, count: int, direction: int = 1) -> tuple[float, ...]:
    """Return which share of all conversations lies each step from one."""
    before, after = (rank, count - 1 - rank) if direction > 0 else (count - 1 - rank, rank)
    borders = [-math.inf, *_STEPS, math.inf]
    shares = []
    for low, high in pairwise(borders):
        first, last = max(low, -before), min(high - 1, after)
        shares.append(max(0.0, last - first + 1) + 0.1)
    return _parts(shares)


def _parts(counts: Sequence[float]) -> tuple[float, ...]:
    total = sum(counts)
    return tuple(count / total for count in counts)
