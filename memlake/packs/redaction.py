"""Takes what is private out of texts; the same text gets the same placeholder."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from memlake.packs.private import Detector, PrivateSpan
from memlake.text import normalise

_NOUNS = {"passwords": "password"}
_PLACEHOLDER = re.compile(r"\[[^\[\]]+ \d+\]")
_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 3


class Redacted(NamedTuple):
    """A text with placeholders, the private parts of the text before, and whether nothing worth keeping is left."""

    text: str
    spans: tuple[PrivateSpan, ...]
    is_left_out: bool


class Redactor:
    """Withholds some classes; keeps in mind which placeholder stands for what, for as long as it lives."""

    def __init__(self, detector: Detector, withheld: Collection[str]) -> None:
        self._detector = detector
        self._withheld = frozenset(withheld)
        self._numbers: dict[str, dict[str, int]] = {}

    def redact(self, text: str) -> Redacted:
        """Return a text without what is withheld; `spans` are those that were."""
        spans = tuple(span for span in self._detector.find(text) if span.label in self._withheld)
        pieces = []
        end = 0
        for span in spans:
            pieces += [text[end : span.start], self._placeholder(span.label, text[span.start : span.end])]
            end = span.end
        redacted = "".join([*pieces, text[end:]])
        return Redacted(redacted, spans, bool(spans) and _is_empty(redacted))

    def _placeholder(self, label: str, text: str) -> str:
        numbers = self._numbers.setdefault(label, {})
        number = numbers.setdefault(normalise(text), len(numbers) + 1)
        return f"[{_NOUNS.get(label, label)} {number}]"


def _is_empty(redacted: str) -> bool:
    return len(_WORD.findall(_PLACEHOLDER.sub(" ", redacted))) < _FEWEST_WORDS
