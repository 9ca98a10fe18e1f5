"""Finds words and phrases of many languages in a text at once, without case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_SIGNS = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_TOKEN = re.compile(
    rf"(?P<sign>[{_SIGNS}])|(?P<word>[^\W{_SIGNS}]+[+#]*)|(?P<end>[.!?]+(?=[\s\"'”»)]|\Z)|[。！？\n])|(?P<part>:)"
)
_LEAD = re.compile(r"\s*(?:[-*•·>]\s+|\d{1,4}[.)]\s+|\[[^\]]{0,40}\]\s*-?\s*)*")
_BEGINNING = "^"
_STEM = "*"
_SHORTEST_STEM = 2
_ACCENTED = range(0x80, 0x0600)
_WIDE = range(0xFF01, 0xFF5F)


class Hit(NamedTuple):
    """A phrase of the lexicon in a text: what it stands for, where, and in which sentence, from 0."""

    name: str
    start: int
    end: int
    sentence: int


class Token(NamedTuple):
    """A word, or a sign of a writing without spaces; `^` where a sentence or what a colon announces begins."""

    text: str
    start: int
    end: int
    sentence: int


class _Folds(dict[int, int]):
    """What stands for each letter, one for one, so that places stay the same."""

    def __missing__(self, code: int) -> int:
        sign = chr(code)
        if code in _ACCENTED:
            sign = unicodedata.normalize("NFD", sign)[0]
        elif code in _WIDE:
            sign = chr(code - 0xFEE0)
        lower = sign.casefold()
        self[code] = ord(lower[0]) if lower else code
        return self[code]


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Return a text of the same length without case and accents."""
    return text.lower() if text.isascii() else text.translate(_FOLDS)


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text, folded, and where sentences begin."""
    lead = _LEAD.match(text)
    begin = lead.end() if lead else 0
    sentence = 0
    yield Token(_BEGINNING, begin, begin, sentence)
    for found in _TOKEN.finditer(fold(text), begin):
        if found.lastgroup in ("sign", "word"):
            yield Token(found[0], found.start(), found.end(), sentence)
        else:
            sentence += found.lastgroup == "end"
            yield Token(_BEGINNING, found.end(), found.end(), sentence)


class Lexicon:
    """Phrases by what they stand for.

    Words of a phrase are separated by spaces, `*` after one stands for any ending, `^` for the beginning of a sentence.
    In writing without spaces every sign is a word.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._whole: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._stems: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, several in phrases.items():
            for phrase in several:
                first, *rest = _parts(phrase)
                table = self._stems if first.endswith(_STEM) else self._whole
                table.setdefault(first.removesuffix(_STEM), []).append((tuple(rest), name))

    def find(self, words: list[Token]) -> list[Hit]:
        """Return all phrases that a text holds, by where they begin; they may overlap."""
        hits = []
        for place, word in enumerate(words):
            for rest, name in self._beginnings(word.text):
                last = place + len(rest)
                if last < len(words) and all(_fits(part, words[place + 1 + n].text) for n, part in enumerate(rest)):
                    hits.append(Hit(name, word.start, words[last].end, word.sentence))
        return hits

    def _beginnings(self, word: str) -> Iterator[tuple[tuple[str, ...], str]]:
        yield from self._whole.get(word, ())
        for length in range(_SHORTEST_STEM, len(word) + 1):
            yield from self._stems.get(word[:length], ())


def listed(table: Mapping[str, Mapping[str, str]]) -> dict[str, list[str]]:
    """Return the phrases of each name in all languages, given as text with commas between them."""
    return {
        name: [
            phrase for words in languages.values() for phrase in words.replace("\n", " ").split(",") if phrase.strip()
        ]
        for name, languages in table.items()
    }


def _parts(phrase: str) -> list[str]:
    folded = fold(phrase.strip())
    return re.findall(rf"\^|[{_SIGNS}]|[^\W{_SIGNS}]+[+#]*\*?", folded)


def _fits(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith(_STEM) else word == part
