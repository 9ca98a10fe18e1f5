"""Takes what is private out of texts; the same text gets the same placeholder."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from memlake.packs.private import Detector, PrivateSpan, apart
from memlake.packs.topics import TOPICS
from memlake.text import normalise

_NOUNS = {"passwords": "password"}
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
_WORD = re.compile(rf"[{_SIGNS}]{{3}}|[^\W\d_{_SIGNS}]{{2,}}")
_FEWEST_WORDS = 3
_SHORTEST_SAID_AGAIN = 4


class Redacted(NamedTuple):
    """A text with placeholders, what was private in the text before, and whether nothing worth keeping is left."""

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
        """Return a text without what is withheld; `spans` are what was.

        A password that a text says again without calling it one goes there, too.
        """
        values = self._detector.find(text, self._withheld.difference(TOPICS))
        spans = tuple(apart([*self._detector.find(text, self._withheld), *_again(text, values)]))
        kept: list[str] = []
        pieces: list[str] = []
        end = 0
        for span in spans:
            kept.append(text[end : span.start])
            pieces += [kept[-1], self._placeholder(span.label, text[span.start : span.end])]
            end = span.end
        kept.append(text[end:])
        words = sum(len(_WORD.findall(piece)) for piece in kept)
        return Redacted("".join([*pieces, text[end:]]), spans, bool(spans) and words < _FEWEST_WORDS)

    def _placeholder(self, label: str, text: str) -> str:
        numbers = self._numbers.setdefault(label, {})
        number = numbers.setdefault(normalise(text), len(numbers) + 1)
        return f"[{_NOUNS.get(label, label)} {number}]"


def _again(text: str, values: Iterable[PrivateSpan]) -> Iterator[PrivateSpan]:
    """Yield wherever the texts of some spans stand."""
    for said, span in {text[span.start : span.end]: span for span in values}.items():
        place = text.find(said) if len(said) >= _SHORTEST_SAID_AGAIN else -1
        while place >= 0:
            yield span._replace(start=place, end=place + len(said))
            place = text.find(said, place + len(said))
