"""Takes what is private out of texts; the same text gets the same placeholder."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from memlake.packs.private import Detector, PrivateSpan, apart
from memlake.packs.topics import sentence_places
from memlake.text import normalise

_SECRET = "passwords"  # noqa: S105 - the name of a class
_NOUNS = {_SECRET: "password"}
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
_WORD = re.compile(rf"[{_SIGNS}]{{3}}|[^\W\d_{_SIGNS}]{{2,}}")
_MAY_BE_MORE = re.compile(r"\d|[\"“”„«»「」『』`]")
_FEWEST_WORDS = 3
_MOST_WORDS_BESIDE = 8  # of a sentence with a password: longer ones may tell another, in plain words
_SHORTEST_SAID_AGAIN = 4
_SHORTEST_INSIDE = 10


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
        self._secrets: set[str] = set()
        self._said_again = re.compile(r"(?!)")

    def learn(self, texts: Iterable[str]) -> None:
        """Take note of the passwords in all texts of a pack: one may say what only another calls a password."""
        known = len(self._secrets)
        for text in texts:
            for span in self._detector.find(text, self._withheld & {_SECRET}):
                if span.end - span.start >= _SHORTEST_SAID_AGAIN:
                    self._secrets.add(text[span.start : span.end])
        if len(self._secrets) > known:
            longest_first = sorted(self._secrets, key=lambda secret: (-len(secret), secret))
            self._said_again = re.compile("|".join(map(_anywhere, longest_first)), re.IGNORECASE)

    def redact(self, text: str) -> Redacted:
        """Return a text without what is withheld; `spans` are what was.

        A password that any text calls one goes wherever it is said again, and a sentence in which more of them may be
        goes as a whole.
        """
        self.learn([text])
        found = apart([*self._detector.find(text, self._withheld), *self._again(text)])
        spans = tuple(apart([*found, *_doubtful(text, found)]))
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

    def _again(self, text: str) -> Iterator[PrivateSpan]:
        """Yield wherever a known password stands, in any case."""
        for found in self._said_again.finditer(text):
            yield PrivateSpan(found.start(), found.end(), _SECRET, "a password that a memory tells")

    def _placeholder(self, label: str, text: str) -> str:
        numbers = self._numbers.setdefault(label, {})
        number = numbers.setdefault(normalise(text), len(numbers) + 1)
        return f"[{_NOUNS.get(label, label)} {number}]"


def _anywhere(secret: str) -> str:
    """Return the pattern of a secret wherever it is said, but not inside longer words if it may be a word itself.

    Signs of a writing without spaces make no word longer.
    """
    is_word = secret.isalpha() or len(secret) < _SHORTEST_INSIDE
    return rf"(?<![^\W{_SIGNS}]){re.escape(secret)}(?![^\W{_SIGNS}])" if is_word else re.escape(secret)


def _doubtful(text: str, spans: Sequence[PrivateSpan]) -> Iterator[PrivateSpan]:
    """Yield the sentences with a password in which another may be: beside figures, quotation marks or many words."""
    for start, end in sentence_places(text):
        inside = [span for span in spans if start <= span.start and span.end <= end]
        secret = next((span for span in inside if span.label == _SECRET), None)
        if secret is None:
            continue
        edges = [start, *(place for span in inside for place in (span.start, span.end)), end]
        rest = [text[low:high] for low, high in zip(edges[::2], edges[1::2], strict=True)]
        words = sum(len(_WORD.findall(piece)) for piece in rest)
        if words > _MOST_WORDS_BESIDE or any(map(_MAY_BE_MORE.search, rest)):
            yield secret._replace(start=start, end=end)
