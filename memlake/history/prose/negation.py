"""Whether a statement says yes where it said no before."""

from __future__ import annotations

import re
from collections.abc import Callable

from memlake.history.prose.folding import has_no_capitals, is_unspaced
from memlake.history.prose.vocabulary import CEASED, NO_DENIALS, OPPOSED, denials, doubts
from memlake.history.prose.wordings import Weights, wording

_CLEARLY_ALIKE = 0.7
_ALIKE = 0.3
_LONGEST_SIDE = 40


def is_denied_now(before: str, after: str, *, language: str, weights: Weights) -> bool:
    """Tell whether one of two wordings denies what the other asserts, or wants what the other does not.

    An even number of denials is none. Where other words can stand for a denial ("avoids", "vegetarian"), only nearly
    equal texts count: else the one is the other in other words.
    """
    if _is_reversed(before, after):
        return True
    counts = [_count(denials, text, language) for text in (before, after)]
    if counts[0] % 2 == counts[1] % 2:
        return False
    asserting, denying = (before, after) if counts[0] % 2 == 0 else (after, before)
    may_mean_it = _count(doubts, asserting, language) > 0 and not CEASED.search(_folded(denying))
    likeness = weights.likeness(wording(before), wording(after))
    return likeness >= (_CLEARLY_ALIKE if may_mean_it else _ALIKE)


def _count(words: Callable[[str | None], re.Pattern[str]], text: str, language: str) -> int:
    folded = NO_DENIALS.sub("", _folded(text))
    return len(words(None if has_no_capitals(folded) else language).findall(folded))


def _folded(text: str) -> str:
    return wording(text).folded


def _is_reversed(before: str, after: str) -> bool:
    """Tell whether what stood on one side of "instead of" now stands on the other."""
    old, new = _sides(before), _sides(after)
    if old is None or new is None:
        return False
    return _meet(old[0], new[1]) and _meet(new[0], old[1])


def _meet(wanted: str, unwanted: str) -> bool:
    """Tell whether two sides are one; in writing without spaces the second goes on to the end of the sentence."""
    return wanted == unwanted or (is_unspaced(wanted) and unwanted.startswith(wanted))


def _sides(text: str) -> tuple[str, str] | None:
    folded = _folded(text).rstrip(".!。 ")
    found = OPPOSED.search(folded)
    if found is None:
        return None
    return _last_word(folded[: found.start()]), _last_word(folded[found.end() :])


def _last_word(text: str) -> str:
    words = re.findall(r"\w+", text[-_LONGEST_SIDE:])
    return words[-1] if words else ""
