"""Statements made comparable: folded text, its pieces, and how telling each piece is in one account's prose."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from memlake.history.prose.folding import UNSPACED, fold, is_unspaced
from memlake.history.prose.numbers import counted

_TAG = re.compile(r"\s*[\[\uff3b][a-z ]{2,20}[\]\uff3d]", re.IGNORECASE)
_MARKUP = re.compile(r"[*_`~]+|^#+\s|^>\s?", re.MULTILINE)
_PIECES = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")
_HIRAGANA = ("\u3040", "\u309f")
_UNKNOWN_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement ready to be compared: `plain` without Markdown and tags, `folded` also without case and accents."""

    plain: str
    folded: str
    pieces: Counter[str]


@lru_cache(maxsize=8_192)
def wording(text: str) -> Wording:
    """Return a statement's wording.

    Pieces are its words, the trigrams inside them, and in scripts without spaces signs and pairs of signs: so
    inflected and compound words still have most in common. Numbers and dates are pieces whatever their spelling.
    """
    plain = _MARKUP.sub("", _TAG.sub("", unicodedata.normalize("NFKC", text))).strip()
    folded = fold(plain)
    return Wording(plain, folded, _pieces(plain, folded))


class Weights:
    """How telling each piece is: squared logarithm of how few of the statements have it."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        frequencies: Counter[str] = Counter()
        count = 0
        for one in wordings:
            count += 1
            frequencies.update(one.pieces.keys())
        self._weights = {
            piece: math.log((count + 1) / (frequency + 0.5)) ** 2 for piece, frequency in frequencies.items()
        }

    def mass(self, pieces: Counter[str]) -> float:
        """Return how much there is to recognise in some pieces."""
        weights = self._weights
        return sum(number * weights.get(piece, _UNKNOWN_WEIGHT) for piece, number in pieces.items())

    def shared(self, some: Counter[str], others: Counter[str]) -> float:
        """Return the mass of what two statements have in common."""
        if len(some) > len(others):
            some, others = others, some
        weights = self._weights
        return sum(
            min(number, others[piece]) * weights.get(piece, _UNKNOWN_WEIGHT)
            for piece, number in some.items()
            if piece in others
        )

    def likeness(self, one: Wording, other: Wording) -> float:
        """Return how much two statements have in common, 0 to 1."""
        masses = self.mass(one.pieces) * self.mass(other.pieces)
        return self.shared(one.pieces, other.pieces) / math.sqrt(masses) if masses else 0.0


def shared_masses(
    before: Sequence[Wording], after: Sequence[Wording], weights: Weights
) -> dict[tuple[int, int], float]:
    """Return the shared mass of every pair of statements that have a piece in common, by their places."""
    holders: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, other in enumerate(after):
        for piece, number in other.pieces.items():
            holders[piece].append((place, number))
    shared: defaultdict[tuple[int, int], float] = defaultdict(float)
    for place, one in enumerate(before):
        for piece, number in one.pieces.items():
            weight = weights.mass(Counter({piece: 1}))
            for other_place, other_number in holders.get(piece, ()):
                shared[place, other_place] += min(number, other_number) * weight
    return dict(shared)


def _pieces(plain: str, folded: str) -> Counter[str]:
    pieces = Counter(f"#{one.kind} {one.value}" for one in sorted(counted(plain)))
    for run in _PIECES.findall(folded):
        if is_unspaced(run):
            pieces.update(sign for sign in run if not _HIRAGANA[0] <= sign <= _HIRAGANA[1])
            pieces.update(run[place : place + 2] for place in range(len(run) - 1))
        elif not run.isdigit():
            pieces[f"={run}"] += 1
            bounded = f"^{run}$"
            pieces.update(bounded[place : place + 3] for place in range(len(bounded) - 2))
    return pieces
