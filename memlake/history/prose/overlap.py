"""How many of its words a statement keeps in another wording."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from memlake.history.prose.folding import common_beginning, has_no_capitals
from memlake.history.prose.vocabulary import CEASED, CONTENTLESS, EVERYDAY, RESUMED, denials, numeral
from memlake.history.prose.wordings import wording

_WORD = re.compile(r"[^\W_]+")
_SIGN = re.compile(r"[\u30a0-\u30ff]{2,}|[\u3400-\u9fff\uac00-\ud7a3]")
_SHORTEST = 3
_COMMON_BEGINNING = 3
_SHORTEST_PART = 5
_COMMON_SHARE = 0.5


def kept_share(before: str, after: str, language: str, leave_out: AbstractSet[str] = frozenset()) -> float:
    """Return the share of the content words of the shorter of two statements that stand in the other, inflected or not.

    Function words, denials and what is left out (folded) do not count.
    """
    old, new = (set(content_words(wording(text).folded, language)) - leave_out for text in (before, after))
    fewer, more = (old, new) if (len(old), sorted(old)) <= (len(new), sorted(new)) else (new, old)
    return sum(_is_in(word, more) for word in fewer) / len(fewer) if fewer else 0.0


def kept_words(words: Sequence[str], folded: str, language: str) -> list[str]:
    """Return which words stand in a folded text, inflected or not."""
    others = set(content_words(folded, language))
    return [word for word in words if _is_in(word, others)]


def content_words(folded: str, language: str) -> list[str]:
    """Return the words of a folded text, in order, that are no function words and no denials."""
    if has_no_capitals(folded):
        return _SIGN.findall(denials(None).sub(" ", folded))
    bare = RESUMED.sub(" ", denials(language).sub(_between, CEASED.sub(_between, folded)))
    without_meaning = CONTENTLESS[language]
    return [word for word in _WORD.findall(bare) if len(word) >= _SHORTEST and word not in without_meaning]


def telling_words(folded: str, language: str) -> list[str]:
    """Return the content words of a folded text, each once, but numerals and those in texts about anything."""
    words = dict.fromkeys(content_words(folded, language))
    return [word for word in words if not (word in EVERYDAY[language] or numeral(word, language))]


def _between(denial: re.Match[str]) -> str:
    """Return what stands inside a denial of several words, as "mange" in "ne mange pas"."""
    return " ".join(_WORD.findall(denial[0])[1:-1])


def _is_in(word: str, others: set[str]) -> bool:
    return word in others or any(_is_form(word, other) for other in others)


def _is_form(word: str, other: str) -> bool:
    if min(len(word), len(other)) >= _SHORTEST_PART and (word in other or other in word):
        return True
    common = common_beginning(word, other)
    return common >= _COMMON_BEGINNING and common >= _COMMON_SHARE * max(len(word), len(other))
