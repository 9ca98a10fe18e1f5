"""Whether nothing but one noun of a statement was replaced, and the rest stands as it stood, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from memlake.history.prose.folding import fold, has_no_capitals
from memlake.history.prose.overlap import content_words
from memlake.history.prose.vocabulary import BEFORE_VERBS, FUNCTION_WORDS, LEADS, PASSED
from memlake.history.prose.wordings import wording

_WORD = re.compile(r"[^\W_]+(?:[-.'\u2019+#][^\W_]+)*|[,;:.!?()]")
_SIGN = re.compile(r"\S")
_NOUN = re.compile(r"[\u30a0-\u30ff\u3400-\u9fff]{2,6}")
_MARK = re.compile(r"[,;:.!?()]")
_LONGEST = 2
_FEWEST_KEPT = 3
_FEWEST_SIGNS_KEPT = 8


def word_replaced(before: str, after: str, *, language: str) -> tuple[str, str] | None:
    """Return the one noun that another took the place of; `None` where more changed, or what may be a synonym.

    A rewording changes the order or the verb too. A noun is told by an article or preposition before it and a small
    word or the end of a clause behind; in German by its capital, in Japanese by having no inflection.
    """
    old, new = wording(before).plain, wording(after).plain
    if has_no_capitals(old + new):
        return _signs_replaced(old, new)
    words, others = _WORD.findall(old), _WORD.findall(new)
    start, end = _common(list(map(fold, words)), list(map(fold, others)))
    gone, came = words[start : len(words) - end], others[start : len(others) - end]
    kept = " ".join(words[:start] + words[len(words) - end :])
    if not (start and _is_noun(gone, language) and _is_noun(came, language)):
        return None
    if language != "de" and not _is_around(words, start, end, language):
        return None
    if len(set(content_words(fold(kept), language))) < _FEWEST_KEPT:
        return None
    return " ".join(gone), " ".join(came)


def _is_noun(words: Sequence[str], language: str) -> bool:
    """Tell whether words can be one noun, which in German has a capital."""
    if not 1 <= len(words) <= _LONGEST or any(_MARK.match(word) or word[0].isdigit() for word in words):
        return False
    is_content = len(content_words(fold(" ".join(words)), language)) == len(words)
    return is_content and (language != "de" or words[-1][0].isupper())


def _is_around(words: Sequence[str], start: int, end: int, language: str) -> bool:
    lead = fold(words[start - 1])
    follower = fold(words[len(words) - end]) if end else "."
    is_lead = lead in (FUNCTION_WORDS[language] | PASSED[language]) - BEFORE_VERBS or lead in LEADS
    return is_lead and (_MARK.match(follower) is not None or follower in FUNCTION_WORDS[language] - PASSED[language])


def _common(some: Sequence[str], others: Sequence[str]) -> tuple[int, int]:
    """Return how many words two sequences begin with alike, and how many of the rest they end with alike."""
    shorter = min(len(some), len(others))
    start = next((place for place in range(shorter) if some[place] != others[place]), shorter)
    most = shorter - start
    return start, next((place for place in range(most) if some[-1 - place] != others[-1 - place]), most)


def _signs_replaced(old: str, new: str) -> tuple[str, str] | None:
    start, end = _common(_SIGN.findall(old), _SIGN.findall(new))
    old, new = re.sub(r"\s", "", old), re.sub(r"\s", "", new)
    gone, came = old[start : len(old) - end], new[start : len(new) - end]
    if start + end >= _FEWEST_SIGNS_KEPT and _NOUN.fullmatch(gone) and _NOUN.fullmatch(came):
        return gone, came
    return None
