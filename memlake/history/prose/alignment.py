"""Which statements of one text are which of a later one: kept, reworded, moved, merged or split."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from memlake.history.prose.wordings import Weights, Wording, shared_masses, wording

_ALIKE = 0.23
_ALIKE_IN_PLACE = 0.2
_SAME_SECTION_BONUS = 0.05
_SAME_SCOPE_BONUS = 0.02
_DISTANCE_COST = 0.05
_SPELLING_SHARE = 0.2
_CONTAINED = 0.25
_PART_OF_WHOLE = 0.08
_ROUNDED_UP = 1 + 1e-9  # sums of the same numbers in another order


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement where it stands in an export's prose; the order of statements is that of the texts."""

    text: str
    scope: str
    section: str | None

    @property
    def kind(self) -> str:
        """Of which kind its text is: account, project or file."""
        return self.scope.partition(":")[0]


class Link(NamedTuple):
    """Places of two statements, before and after, that are one; several links of a place: merged or split."""

    before: int
    after: int


class Group(NamedTuple):
    """Places of all the statements that are one memory, before and after, each in reading order."""

    before: tuple[int, ...]
    after: tuple[int, ...]


def align(before: Sequence[Placed], after: Sequence[Placed], *, is_ordered: bool = True) -> list[Link]:
    """Match the statements of two exports, each a list in reading order.

    First those that read the same. Then those that stand for each other alone, best first: what they share counts by
    how rare it is, and a statement in the same section or nearby is preferred to one that moved. Then what is left
    over, if it is part of a statement that has a partner already and that partner does not explain it. Last, what
    stands between two that were matched, on weaker signs.

    Without `is_ordered`, places say nothing: what is nearby or between is not preferred.
    """
    return sorted(_Alignment(before, after, is_ordered=is_ordered).links())


def groups(links: Iterable[Link]) -> list[Group]:
    """Join links that have a statement in common, directly or through others, in the order of the first before."""
    by_before: dict[int, list[Link]] = {}
    by_after: dict[int, list[Link]] = {}
    for link in sorted(set(links)):
        one, other = by_before.get(link.before, []), by_after.get(link.after, [])
        joined = [*one, *(() if one is other else other), link]
        for member in joined:
            by_before[member.before] = by_after[member.after] = joined
    joined_groups = [(first, _group(by_before[first])) for first in sorted(by_before)]
    return [group for first, group in joined_groups if group.before[0] == first]


def _group(links: list[Link]) -> Group:
    before, after = {link.before for link in links}, {link.after for link in links}
    return Group(tuple(sorted(before)), tuple(sorted(after)))


class _Alignment:
    def __init__(self, before: Sequence[Placed], after: Sequence[Placed], *, is_ordered: bool) -> None:
        self._before, self._after = before, after
        self._is_ordered = is_ordered
        self._old = [wording(one.text) for one in before]
        self._new = [wording(one.text) for one in after]
        self._weights = Weights([*self._old, *self._new])
        self._shared = shared_masses(self._old, self._new, self._weights)
        self._old_mass = [self._weights.mass(one.pieces) for one in self._old]
        self._new_mass = [self._weights.mass(one.pieces) for one in self._new]
        self._partner_of_old: dict[int, int] = {}
        self._partner_of_new: dict[int, int] = {}

    def links(self) -> set[Link]:
        """Return the links in no order."""
        self._pair_up(self._scores_of_equals(), least=_ALIKE)
        self._pair_up(self._scores(), least=_ALIKE)
        merged = self._merged()
        split = self._split()
        if self._is_ordered:
            self._fill_gaps(merged, split)
        return {Link(*pair) for pair in self._partner_of_old.items()} | merged | split

    def _fill_gaps(self, merged: set[Link], split: set[Link]) -> None:
        left = {place for place in range(len(self._old)) if place not in {link.before for link in merged}}
        came = {place for place in range(len(self._new)) if place not in {link.after for link in split}}
        self._pair_up(self._scores_in_place(left, came), least=_ALIKE_IN_PLACE)

    def _scores_of_equals(self) -> list[tuple[float, int, int]]:
        """Return the pairs that differ in nothing but case, accents, Markdown and tags."""
        places = defaultdict[str, list[int]](list)
        for new, other in enumerate(self._new):
            places[other.folded or self._after[new].text].append(new)
        return [
            (self._placed_score(old, new, 1.0), old, new)
            for old, one in enumerate(self._old)
            for new in places.get(one.folded or self._before[old].text, ())
        ]

    def _scores(self) -> list[tuple[float, int, int]]:
        """Return the other pairs worth a look with their scores."""
        found = []
        for (old, new), shared in self._shared.items():
            if old in self._partner_of_old or new in self._partner_of_new:
                continue
            likeness = shared / math.sqrt(self._old_mass[old] * self._new_mass[new])
            if likeness >= _ALIKE / 2:
                found.append((self._placed_score(old, new, likeness), old, new))
        return found

    def _placed_score(self, old: int, new: int, likeness: float) -> float:
        spelling = fuzz.token_sort_ratio(self._old[old].folded, self._new[new].folded) / 100
        before, after = self._before[old], self._after[new]
        distance = abs(old / len(self._old) - new / len(self._new)) if self._is_ordered else 0.0
        is_same_scope = before.scope == after.scope
        return (
            (1 - _SPELLING_SHARE) * likeness
            + _SPELLING_SHARE * max(likeness, spelling * spelling)
            + _SAME_SCOPE_BONUS * is_same_scope
            + _SAME_SECTION_BONUS * (is_same_scope and before.section == after.section)
            - _DISTANCE_COST * distance
        )

    def _pair_up(self, scores: list[tuple[float, int, int]], *, least: float) -> None:
        for score, old, new in sorted(scores, key=lambda scored: (-scored[0], scored[1], scored[2])):
            if score >= least and old not in self._partner_of_old and new not in self._partner_of_new:
                self._partner_of_old[old] = new
                self._partner_of_new[new] = old

    def _merged(self) -> set[Link]:
        """Find statements that went into one that has another origin too."""
        found = set()
        for old in range(len(self._old)):
            if old in self._partner_of_old:
                continue
            hosts = [
                (self._contained(self._old[old], self._new[new], self._old[partner]), new)
                for new, partner in self._partner_of_new.items()
                if self._may_be_part(old, new, self._old_mass[old], self._new_mass[new])
            ]
            if (best := max(hosts, default=None)) and best[0] > 0:
                found.add(Link(old, best[1]))
        return found

    def _split(self) -> set[Link]:
        """Find statements that came out of one that goes on in another too."""
        found = set()
        for new in range(len(self._new)):
            if new in self._partner_of_new:
                continue
            hosts = [
                (self._contained(self._new[new], self._old[old], self._new[partner]), old)
                for old, partner in self._partner_of_old.items()
                if self._may_be_part(old, new, self._new_mass[new], self._old_mass[old])
            ]
            if (best := max(hosts, default=None)) and best[0] > 0:
                found.add(Link(best[1], new))
        return found

    def _may_be_part(self, old: int, new: int, part_mass: float, whole_mass: float) -> bool:
        """Tell whether two statements share enough, what a partner explains included: nearly all pairs do not."""
        shared = self._shared.get((old, new), 0.0) * _ROUNDED_UP
        return shared > 0 and shared >= _CONTAINED * part_mass and shared >= _PART_OF_WHOLE * whole_mass

    def _contained(self, part: Wording, whole: Wording, partner: Wording) -> float:
        """Return how much of a statement stands in a longer one beside what its partner explains; 0 if too little."""
        unexplained: Counter[str] = whole.pieces - partner.pieces
        shared = self._weights.shared(part.pieces, unexplained)
        share_of_part = shared / (self._weights.mass(part.pieces) or 1.0)
        share_of_whole = shared / (self._weights.mass(whole.pieces) or 1.0)
        return share_of_part if share_of_part >= _CONTAINED and share_of_whole >= _PART_OF_WHOLE else 0.0

    def _scores_in_place(self, left: set[int], came: set[int]) -> list[tuple[float, int, int]]:
        """Return what may be one because the statements right before and after are."""
        found = []
        for old in left:
            new = self._partner_of_old.get(old - 1, -2) + 1
            is_between = self._partner_of_old.get(old + 1, new + 1) == new + 1 and new in came
            if is_between and self._before[old].section == self._after[new].section:
                likeness = self._weights.likeness(self._old[old], self._new[new])
                found.append((self._placed_score(old, new, likeness), old, new))
        return found
