"""A word beside which a secret may stand, and what is said between it and a value."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from memlake.packs.values import Place, known

_REACH = 110  # characters from a word to its secret, at most
NEAR = 30
BESIDE = 60
FITS_AHEAD = re.compile(
    r"[\"”»’'」』]?,? ?(?:(?:is|was|as|ist|war|als|es|era|como|est|comme|e|come|to)(?!\w)|[はがを]|という)"
)


class Cue(NamedTuple):
    """A word for a secret, its text with and without case, the sentence around it, and the other words there."""

    text: str
    plain: str
    start: int
    end: int
    first: int
    last: int
    beside: Collection[str]

    @property
    def word(self) -> str:
        """The word itself, without case."""
        return self.plain[self.start : self.end]

    @property
    def reach(self) -> int:
        """How far behind the word its secret may be."""
        return min(self.last, self.end + _REACH)

    @property
    def back(self) -> int:
        """How far before it."""
        return max(self.first, self.start - _REACH)


def is_linked(cue: Cue, place: Place) -> bool:
    """Tell whether figures are what a word is about: directly behind it, or behind a word like "is" or "with"."""
    between = cue.plain[max(cue.end, place[0] - NEAR) : place[0]]
    return not between.strip() or known().signs["link"].search(between) is not None


def is_alone(cue: Cue, place: Place) -> bool:
    """Tell whether figures count nothing."""
    return known().signs["after_code"].match(cue.plain, place[1]) is not None


def opens(cue: Cue, place: Place) -> bool:
    """Tell whether it is said of a value that it opens something."""
    return known().signs["opens"].match(cue.plain, place[1], cue.last) is not None


def spans(sign: str, cue: Cue, begin: int, end: int) -> Iterator[Place]:
    """Yield where one of the signs stands."""
    return (found.span() for found in known().signs[sign].finditer(cue.plain, begin, end))


def may_be_one(words: str) -> bool:
    """Tell whether plain words may be a secret, and do not say something about it."""
    first = words.split(maxsplit=1)[0].strip("'\"").rstrip(",")
    signs = known().signs
    return bool(first) and not signs["no_word"].fullmatch(first) and not signs["participle"].fullmatch(words)
