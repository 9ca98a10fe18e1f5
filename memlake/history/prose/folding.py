"""Texts without case and accents, and which writing knows no spaces."""

from __future__ import annotations

import re
import unicodedata

UNSPACED = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HANGUL = re.compile("[\uac00-\ud7a3]")
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")


def fold(text: str) -> str:
    """Return a text without case, and without accents where they are no letters of their own."""
    folded = text.casefold().replace("\u2019", "'")
    if is_unspaced(folded):
        return folded
    bare = "".join(sign for sign in unicodedata.normalize("NFD", folded) if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare)


def is_unspaced(text: str) -> bool:
    """Tell whether a text has writing without spaces in it."""
    return _IS_UNSPACED.search(text) is not None


def has_no_capitals(text: str) -> bool:
    """Tell whether a text has writing of East or Southeast Asia in it; Korean has spaces, yet endings for words."""
    return is_unspaced(text) or _HANGUL.search(text) is not None


def original(plain: str, start: int, end: int) -> str:
    """Return what a span of a folded text was before, given the text before."""
    places = [place for place, sign in enumerate(plain) for _ in fold(sign)]
    return plain[places[start] : places[end - 1] + 1] if end <= len(places) else fold(plain)[start:end]


def common_beginning(word: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
