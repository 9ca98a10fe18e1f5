"""The details of a memory that somebody must have said before it could be saved: its numbers and given names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")  # which one was meant everybody works out by themselves
_NAMED = re.compile(
    r"\b(?:call(?:ed|s)|named|nicknamed|titled|name is|"
    r"hei(?:ß|ss)t|namens|genannt|se llama|llamad[oa]s?|nombre es|s['\u2019]appelle|appelée?s?|nommée?s?|nom est|"
    r"chama-se|se chama|chamad[oa]s?|nome é)\s+[\"'\u201c\u2018\u201e\u00ab]?([^\W\d_][\w\u2019'-]*)",
    re.IGNORECASE,
)
_NAMED_UNSPACED = re.compile(r"([\w\u30fc]{2,12}?)(?:という名前|と名付け|と呼)|(?:名叫|取名)([\w]{2,6})")


def details(memory: str) -> frozenset[str]:
    """Return the numbers, but for years, and the names that a memory gives, folded."""
    numbers = (number for number in _NUMBER.findall(memory) if not _YEAR.fullmatch(number))
    names = (next(filter(None, found.groups())) for found in _NAMED.finditer(memory))
    unspaced = (next(filter(None, found.groups())) for found in _NAMED_UNSPACED.finditer(memory))
    return frozenset(detail.casefold() for detail in (*numbers, *names, *unspaced))


def lacking(wanted: Collection[str], texts: Iterable[str]) -> frozenset[str]:
    """Return the details that none of some texts says."""
    said = "\n".join(texts).casefold()
    return frozenset(detail for detail in wanted if not _holds(said, detail))


def _holds(text: str, detail: str) -> bool:
    return bool(re.search(rf"(?<!\d){re.escape(detail)}(?!\d)", text))
