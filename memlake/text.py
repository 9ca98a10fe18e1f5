"""Text as memlake compares and shows it."""

from __future__ import annotations

import re
import unicodedata

from memlake.hashing import short_hash

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")


def normalise(text: str) -> str:
    """Return a text without the differences that do not matter: NFKC, spaces collapsed, casefolded."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def text_key(text: str) -> str:
    """Return the identity of a text without an id: 16 hex digits over its normalised form."""
    return short_hash(normalise(text), 16)


def replace_lone_surrogates(text: str) -> str:
    """Return a text that every database can store: halves of surrogate pairs become U+FFFD."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)
