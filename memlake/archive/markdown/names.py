"""Names of pages: readable, the same at every archiving, and apart from one another on every file system."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from memlake.hashing import short_hash

UNDATED = "undated"
_LONGEST_SLUG = 60
_LONGEST_SLUG_BYTES = 100
"""With date, hash and suffix within the 143 bytes that the strictest common file system (eCryptfs) grants a name."""

_READ_CHARACTERS = 200
_HASH_DIGITS = 12
_PLAIN_WORDS = re.compile(r"[a-z0-9]+")
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)


def page_name(moment: datetime | None, title: str | None, *key: str) -> str:
    """Return the name of a conversation's page, without its suffix: its day, its first title, a hash of its key.

    The hash keeps apart what is titled alike; nothing in the name depends on other pages.
    """
    day = moment.strftime("%Y-%m-%d") if moment else UNDATED
    return "-".join(filter(None, (day, slug(title), _hash(key))))


def project_page_name(name: str | None, *key: str) -> str:
    """Return the name of a project's page, without its suffix."""
    return "-".join(filter(None, ("project", slug(name), _hash(key))))


def month_of(moment: datetime | None) -> str:
    """Return the month of a conversation, for folders and indexes."""
    return moment.strftime("%Y-%m") if moment else UNDATED


def slug(title: str | None) -> str:
    """Return the words of a title as a part of a file name: letters and digits of any alphabet, joined by hyphens.

    Case and form are folded, so that names differ only where every file system tells them apart.
    """
    if not title:
        return ""
    folded = title[:_READ_CHARACTERS]
    if folded.isascii():
        words = "-".join(_PLAIN_WORDS.findall(folded.lower()))
    else:
        folded = unicodedata.normalize("NFKC", folded).casefold()
        kept = "".join(character if _is_kept(character) else " " for character in folded)
        words = unicodedata.normalize("NFC", "-".join(kept.split()))
    return words[:_LONGEST_SLUG].encode()[:_LONGEST_SLUG_BYTES].decode(errors="ignore").strip("-")


def _is_kept(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LN" or (category[0] == "M" and ord(character) not in _VARIATION_SELECTORS)


def _hash(key: tuple[str, ...]) -> str:
    return short_hash("\n".join(key), _HASH_DIGITS)
