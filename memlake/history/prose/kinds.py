"""Whether a statement names another thing of the same kind, or the opposite: a cat for a dog, long for short."""

from __future__ import annotations

import re
from typing import NamedTuple

from memlake.history.prose.folding import is_unspaced, original
from memlake.history.prose.overlap import kept_share
from memlake.history.prose.vocabulary import FORMER, KINDS, PAST, all_denials, kind_of
from memlake.history.prose.wordings import wording

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_IDEOGRAPH = "[\u3005\u3400-\u9fff]"
_ARABIC = re.compile("[\u0600-\u06ff]")
_ANYWHERE = sorted((word for word in KINDS if is_unspaced(word) or _ARABIC.match(word)), key=len, reverse=True)
_LOOSE = re.compile(
    "|".join(word if len(word) > 1 else f"(?<!{_IDEOGRAPH}){word}(?!{_IDEOGRAPH})" for word in _ANYWHERE)
)
_KEPT = 0.5


class _Named(NamedTuple):
    """One thing of a kind, and the word for it."""

    kind: str
    value: str
    word: str


def kind_changed(before: str, after: str, *, language: str) -> tuple[str, str] | None:
    """Return what stands for another thing of its kind now, and that; `None` if none does.

    At least half of the rest has to stay. What the one denies may be what the other asserts: with a denial in only one
    of them an opposite tells nothing.
    """
    old, new = _named(before, language), _named(after, language)
    kept = {one[:2] for one in old} & {one[:2] for one in new}
    if is_denied(before) != is_denied(after):
        return None
    for gone in old:
        for came in new:
            is_other = gone.kind == came.kind and not {gone[:2], came[:2]} & kept
            if is_other and kept_share(before, after, language, frozenset((gone.word, came.word))) >= _KEPT:
                return _spelt(gone.word, before), _spelt(came.word, after)
    return None


def is_denied(text: str) -> bool:
    """Tell whether anything in a text denies, in whatever language."""
    return all_denials().search(wording(text).folded) is not None


def is_former(before: str, after: str) -> str | None:
    """Return what says of a statement in the present that it was so once; `None` if nothing does in either."""
    for text, other in ((before, after), (after, before)):
        said, folded = FORMER.search(wording(text).folded), wording(other).folded
        if said and not FORMER.search(folded) and not PAST.search(folded):
            return original(wording(text).plain, *said.span())
    return None


def _named(text: str, language: str) -> list[_Named]:
    folded = wording(text).folded
    words = _WORD.findall(folded)
    found = [_Named(*kind, word) for word in words if (kind := kind_of(word, language))]
    return found + [_Named(*KINDS[word], word) for word in _LOOSE.findall(folded)]


def _spelt(word: str, text: str) -> str:
    one = wording(text)
    start = one.folded.find(word)
    return original(one.plain, start, start + len(word))
