"""The words of a message that say what a memory says.

Pure text, for every alphabet: letters are compared without case and accents, words by their beginnings, and scripts
without spaces by pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

_WINDOW_CHARACTERS = 2_000  # of a long message only what shares most words is aligned: the cost grows with the cube
_LONGEST_SEARCHED = 20_000_000
_LONGEST_SENTENCE = 300
_LONGEST_PAIR = 400
_ALIGNED_SENTENCES = 6
_WORDS_WEIGHT = 0.6  # letters alone are alike in any two sentences of a language
_STEM_SHARE = 0.8
_LESS_TELLING = 0.25
_PAIR_GAIN = 0.08
_ALIGNED_WELL = 75.0
_MUCH_LONGER = 1.6
_TELLING_WEIGHT = 2.0
_LEAST_WEIGHT = 0.25

_PAIRED = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_PAIRED}]+|[^\W_{_PAIRED}]+")
_IS_PAIRED = re.compile(rf"[{_PAIRED}]")
_SENTENCE_BREAK = re.compile(r"(?<=[.!?\u2026])[\"')\]\u201d\u2019\u00bb]*\s+|(?<=[\u3002\uff01\uff1f])|\s*\n\s*")
_WORD_END = re.compile(r"[\s,;:\u3001\u060c]")
_EDGES = " \t\r\n\"'*_`>#:;,-\u2013\u2014\u2022\u201c\u201d\u00ab\u00bb"


class Quote(NamedTuple):
    """A part of a message: its words, where they stand (in characters), and how much they say, 0 to 1."""

    text: str
    start: int
    end: int
    similarity: float


class _Sentence(NamedTuple):
    start: int
    end: int
    similarity: float


class _Folding(dict[int, str]):
    """Maps a character to its form without case and accents; made as they come."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isspace():
            folded = " "
        elif character in "\u2018\u2019\u02bc":
            folded = "'"
        else:
            parts = unicodedata.normalize("NFKD", character).casefold()
            folded = "".join(part for part in parts if not unicodedata.combining(part))
        self[code] = folded
        return folded


_FOLDING = _Folding()


class _Wanted:
    """A memory made ready to be found: its folded text, and what each of its words weighs."""

    def __init__(self, memory: str, words: frozenset[str] | None) -> None:
        self.folded = _fold(memory).strip()
        telling = None if words is None else {token for word in words for token in _tokens(_fold(word))}
        self.weights = {
            token: _weight(token) * (1.0 if telling is None or token in telling else _LESS_TELLING)
            for token in _tokens(self.folded)
        }
        self.whole = sum(self.weights.values())

    def shared_by(self, folded: str) -> float:
        """Return the share of the memory's words that a text has, by weight."""
        if not self.whole:
            return 0.0
        tokens = set(_tokens(folded))
        stems = {_stem(token) for token in tokens}
        found = 0.0
        for token, weight in self.weights.items():
            if token in tokens:
                found += weight
            elif _stem(token) in stems:
                found += weight * _STEM_SHARE
        return found / self.whole

    def similarity(self, folded: str, shared: float) -> float:
        """Return how much of the memory a sentence says; a short one that lies inside the memory says little."""
        if not self.whole:
            return 0.0
        alike = fuzz.partial_ratio(self.folded, folded) / 100
        length = min(1.0, 2 * len(folded.strip()) / max(1, len(self.folded)))
        return _WORDS_WEIGHT * shared + (1 - _WORDS_WEIGHT) * alike * length

    def is_telling(self, token: str) -> bool:
        """Say whether a word of a text is one that the memory has, and no small one."""
        stem = _stem(token)
        return any(
            weight >= _TELLING_WEIGHT and (word == token or _stem(word) == stem)
            for word, weight in self.weights.items()
        )


def best_quote(memory: str, message: str, *, words: Collection[str] | None = None) -> Quote:
    """Return the part of a message that says most of a memory: whole words of one sentence or of two neighbours.

    `words` are those that tell memories apart, the rare ones; without them longer words and numbers count more.
    There always is a best part, if only with a low similarity: below about 0.35 it says something else, unless the
    languages differ. A message without words gives an empty quote.
    """
    wanted = _wanted(memory, None if words is None else frozenset(words))
    low, high = _densest_window(wanted, message)
    folded = {(start, end): _fold(message[start:end]) for start, end in _sentences(message, low, high)}
    if not folded:
        return Quote("", 0, 0, 0.0)
    shares = {place: wanted.shared_by(text) for place, text in folded.items()}
    likely = sorted(folded, key=lambda place: -shares[place])[:_ALIGNED_SENTENCES]
    scored = (_Sentence(*place, wanted.similarity(folded[place], shares[place])) for place in likely)
    best = max(scored, key=lambda sentence: sentence.similarity)
    return _cut(wanted, message, _with_neighbour(wanted, message, best, list(folded)))


def shared_words(memory: str, message: str) -> float:
    """Return the share of a memory's words that a message has anywhere, 0 to 1: a fast look before `best_quote`."""
    return _wanted(memory, None).shared_by(_fold(message[:_LONGEST_SEARCHED]))


@lru_cache(maxsize=64)
def _wanted(memory: str, words: frozenset[str] | None) -> _Wanted:
    return _Wanted(memory, words)


def _fold(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def _tokens(folded: str) -> list[str]:
    words: list[str] = _WORD.findall(folded)
    if folded.isascii():
        return words
    tokens: list[str] = []
    for word in words:
        if len(word) > 1 and _IS_PAIRED.match(word):
            tokens += [word[index : index + 2] for index in range(len(word) - 1)]
        else:
            tokens.append(word)
    return tokens


@lru_cache(maxsize=65_536)
def _stem(token: str) -> str:
    length = len(token)
    if length < 5 or not token.isalpha():  # noqa: PLR2004 - short words and numbers have no other forms worth the risk
        return token
    return token[:4] if length < 9 else token[:6]  # noqa: PLR2004 - allergic and allergy, photograph and photography


def _weight(token: str) -> float:
    if token.isdigit():
        return len(token) + 3.0
    if _IS_PAIRED.match(token):
        return _TELLING_WEIGHT
    return min(max(len(token) - 2.0, _LEAST_WEIGHT), 6.0)


def _sentences(message: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a part of a message stand, long ones in pieces, none without a word."""
    start = low
    for found in (*_SENTENCE_BREAK.finditer(message, low, high), None):
        end = high if found is None else found.start()
        while end - start > _LONGEST_SENTENCE:
            cut = _last_break(message, start, start + _LONGEST_SENTENCE)
            yield start, cut
            start = cut
        if any(map(str.isalnum, message[start:end])):
            yield start, end
        start = high if found is None else found.end()


def _last_break(message: str, start: int, end: int) -> int:
    for index in range(end, start + (end - start) // 2, -1):
        if _WORD_END.match(message, index - 1):
            return index
    return end


def _densest_window(wanted: _Wanted, message: str) -> tuple[int, int]:
    """Return the part of a long message that has most of the memory's words, about 2,000 characters."""
    if len(message) <= _WINDOW_CHARACTERS:
        return 0, len(message)
    folded = _fold(message[:_LONGEST_SEARCHED])
    stems = {_stem(token): weight for token, weight in wanted.weights.items() if weight >= _TELLING_WEIGHT}
    if not stems:
        return 0, _WINDOW_CHARACTERS
    pattern = re.compile("|".join(re.escape(stem) for stem in sorted(stems, key=len, reverse=True)))
    hits = [(found.start(), found[0]) for found in pattern.finditer(folded)]
    scale = min(len(message), _LONGEST_SEARCHED) / max(1, len(folded))  # folding lengthens some scripts
    width = (_WINDOW_CHARACTERS - 2 * _LONGEST_SENTENCE) / scale
    middle = _densest_middle(hits, stems, width) * scale
    low = max(0, min(int(middle) - _WINDOW_CHARACTERS // 2, len(message) - _WINDOW_CHARACTERS))
    return low, low + _WINDOW_CHARACTERS


def _densest_middle(hits: list[tuple[int, str]], stems: dict[str, float], width: float) -> float:
    counts = Counter(stem for _, stem in hits)
    inside: Counter[str] = Counter()
    best, middle, score, first = 0.0, 0.0, 0.0, 0
    for place, stem in hits:
        inside[stem] += 1
        if inside[stem] == 1:
            score += stems[stem] / counts[stem] ** 0.5
        while place - hits[first][0] > width:
            left = hits[first][1]
            inside[left] -= 1
            if not inside[left]:
                score -= stems[left] / counts[left] ** 0.5
            first += 1
        if score > best:
            best, middle = score, (hits[first][0] + place) / 2
    return middle


def _with_neighbour(wanted: _Wanted, message: str, best: _Sentence, places: list[tuple[int, int]]) -> _Sentence:
    """Return the sentence, or it together with the one before or after it if the two say clearly more."""
    index = places.index((best.start, best.end))
    chosen = best
    for first, second in ((index - 1, index), (index, index + 1)):
        if first < 0 or second >= len(places):
            continue
        start, end = places[first][0], places[second][1]
        if end - start > _LONGEST_PAIR:
            continue
        folded = _fold(message[start:end])
        similarity = wanted.similarity(folded, wanted.shared_by(folded))
        if similarity > best.similarity + _PAIR_GAIN and similarity > chosen.similarity:
            chosen = _Sentence(start, end, similarity)
    return chosen


def _cut(wanted: _Wanted, message: str, sentence: _Sentence) -> Quote:
    """Return the sentence, or if it goes on about other things the part of it that lies alongside the memory."""
    start, end = sentence.start, sentence.end
    original = message[start:end]
    folded = _fold(original)
    aligned = fuzz.partial_ratio_alignment(wanted.folded, folded)
    if aligned is not None and aligned.score >= _ALIGNED_WELL and len(folded) > len(wanted.folded):
        telling = [found for found in _WORD.finditer(folded) if wanted.is_telling(found[0])]
        places = _original_places(original)
        low = min([aligned.dest_start, *(found.start() for found in telling)])
        high = max([aligned.dest_end, *(found.end() for found in telling)])
        cut_start, cut_end = _whole_words(message, start + places[low], start + places[high])
        if end - start > _MUCH_LONGER * (cut_end - cut_start):
            start, end = cut_start, cut_end
    while start < end and message[start] in _EDGES:
        start += 1
    while start < end and message[end - 1] in _EDGES:
        end -= 1
    return Quote(message[start:end], start, end, round(min(1.0, sentence.similarity), 4))


def _original_places(original: str) -> list[int]:
    """Return for each character of the folded text, and for its end, where it stands in the original."""
    if original.isascii():
        return list(range(len(original) + 1))
    places = [index for index, character in enumerate(original) for _ in _FOLDING[ord(character)]]
    return [*places, len(original)]


def _whole_words(message: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and _is_inside_word(message, start):
        start -= 1
    while end < len(message) and _is_inside_word(message, end):
        end += 1
    if end < len(message) and message[end] in ".!?\u2026":
        end += 1
    return start, end


def _is_inside_word(message: str, place: int) -> bool:
    before, after = message[place - 1], message[place]
    if _IS_PAIRED.match(before) or _IS_PAIRED.match(after):
        return False
    return (before.isalnum() or before in "'\u2019-") and (after.isalnum() or after in "'\u2019-")
