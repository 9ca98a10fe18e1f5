"""Texts without case and accents, and which writing knows no spaces."""

from __future__ import annotations

import re
import unicodedata

UNSPACED = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")


def fold(text: str) -> str:
    """Return a text without case, and without accents where they are no letters of their own."""
    folded = text.casefold().replace("\u2019", "'")
    if is_unspaced(folded):
        return folded
    return "".join(sign for sign in unicodedata.normalize("NFD", folded) if not unicodedata.combining(sign))


def is_unspaced(text: str) -> bool:
    """Tell whether a text has writing without spaces in it."""
    return _IS_UNSPACED.search(text) is not None
