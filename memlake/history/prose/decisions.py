"""Whether what a statement leaves open is settled in its other wording, by a yes or a no."""

from __future__ import annotations

from memlake.history.prose.folding import has_no_capitals, original
from memlake.history.prose.overlap import kept_share
from memlake.history.prose.vocabulary import CEASED, DECIDED, INTENDED, UNDECIDED, WAITING, denials
from memlake.history.prose.wordings import wording

_KEPT = 0.3


def decision_changed(before: str, after: str, *, language: str) -> str | None:
    """Return in a few words what was open and is decided, or is open again; `None` if neither.

    One statement has to say that something is open, and the other a decision and nothing open; where there is a choice
    to make, a denial is one too. That tells so much that little else has to stay: the reasons that were weighed go, and
    the plans that follow come.
    """
    is_open, is_still_open = leaves_open(before), leaves_open(after)
    if is_open == is_still_open:
        return None
    left_open, settled = (before, after) if is_open else (after, before)
    words = _decision(settled, language, is_choice=UNDECIDED.search(wording(left_open).folded) is not None)
    if words is None or kept_share(before, after, language) < _KEPT:
        return None
    return f'{"decided" if is_open else "no longer decided"}: "{words}"'


def leaves_open(text: str) -> bool:
    """Tell whether a statement leaves something open; "no longer waits" does not."""
    folded = wording(text).folded
    is_open = UNDECIDED.search(folded) or WAITING.search(folded)
    return is_open is not None and CEASED.search(folded) is None


def _decision(text: str, language: str, *, is_choice: bool) -> str | None:
    plain, folded = wording(text).plain, wording(text).folded
    known_denials = denials(None if has_no_capitals(folded) else language)
    found = DECIDED.search(folded) or (is_choice and (INTENDED.search(folded) or known_denials.search(folded)))
    return original(plain, *found.span()).strip() if found else None
