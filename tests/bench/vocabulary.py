"""Invented language for the bench: words by Zipf's law, phrases, and a topic for every conversation.

Texts are drawn from one urn in which a common word lies many times, so that a text costs one draw a word.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

WORD_COUNT = 200_000
PHRASE_COUNT = 60_000

_WORD_DRAWS = 300_000
_PHRASE_DRAWS = 280_000
_TOPIC_WORDS = 20
_TOPIC_EVERY = 5  # every fifth word of a text is on its conversation's topic
_BYTES_PER_DRAW = 12.2
_NO_PUNCTUATION = str.maketrans("", "", ".,:")
_SYLLABLES = [
    f"{first}{vowel}{last}" for first in "bdfgklmnprstvz" for vowel in "aeiou" for last in ("", "", "", "n", "r")
]
_SYLLABLE_STEPS = (40, 1_500, 40_000)  # from these ranks on, words are a syllable longer
_RARE_LETTER_SHARE = 0.025
_RARE_LETTERS = str.maketrans({"a": "ä", "e": "é", "o": "ø", "u": "ü"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All words, and the urn that texts are drawn from."""

    words: list[str]
    urn: list[str]


@cache
def make_vocabulary(seed: int) -> Vocabulary:
    """Return the language of one seed; it is the same in every run."""
    rng = Random(f"vocabulary {seed}")  # noqa: S311 - the bench needs repeatable, not secret, numbers
    words = _make_words(rng)
    drawn_words = _draw_by_zipf(rng, words, _WORD_DRAWS)
    phrases = [" ".join(rng.choices(drawn_words, k=rng.randrange(2, 6))) for _ in range(PHRASE_COUNT)]
    urn = drawn_words + _draw_by_zipf(rng, phrases, _PHRASE_DRAWS)
    return Vocabulary(words=words, urn=[_punctuated(rng, piece) for piece in urn])


class Prose:
    """Writes the texts of one conversation, all on the same topic."""

    def __init__(self, vocabulary: Vocabulary, rng: Random) -> None:
        self._urn = vocabulary.urn
        self._rng = rng
        self._topic = rng.choices(vocabulary.words, k=_TOPIC_WORDS)

    def pieces(self, count: int) -> list[str]:
        """Return words and short phrases; some end a clause, a sentence or a paragraph."""
        pieces = self._rng.choices(self._urn, k=count)
        pieces[::_TOPIC_EVERY] = self._rng.choices(self._topic, k=len(pieces[::_TOPIC_EVERY]))
        return pieces

    def text(self, byte_count: float) -> str:
        """Return sentences of about so many bytes."""
        text = " ".join(self.pieces(max(2, round(byte_count / _BYTES_PER_DRAW)))).replace("\n ", "\n")
        return f"{text[0].upper()}{text[1:]}."

    def code(self, byte_count: float) -> str:
        """Return lines that look like a program, of about so many bytes."""
        names = self._rng.choices(self._topic, k=max(4, round(byte_count / 12)))
        calls = zip(names[::3], names[1::3], names[2::3], strict=False)
        return "\n".join(f"    {result} = {function}({value}, {len(value)})" for result, function, value in calls)

    def title(self) -> str:
        """Return a few words, without quotes."""
        return " ".join(self._rng.choices(self._topic, k=4)).capitalize()

    def statement(self) -> str:
        """Return what a user could say about themselves: one line without punctuation."""
        return " ".join(" ".join(self.pieces(9)).translate(_NO_PUNCTUATION).lower().split())


def _make_words(rng: Random) -> list[str]:
    """Return distinct words, the common (first) ones short, a few with letters beyond ASCII."""
    words: dict[str, None] = {}
    while len(words) < WORD_COUNT:
        word = "".join(rng.choices(_SYLLABLES, k=1 + bisect_right(_SYLLABLE_STEPS, len(words))))
        words[word.translate(_RARE_LETTERS) if rng.random() < _RARE_LETTER_SHARE else word] = None
    return list(words)


def _draw_by_zipf(rng: Random, pieces: list[str], count: int) -> list[str]:
    cumulative_weights = list(accumulate(1 / (rank + 2) for rank in range(len(pieces))))
    return rng.choices(pieces, cum_weights=cumulative_weights, k=count)


def _punctuated(rng: Random, piece: str) -> str:
    chance = rng.random()
    if chance < 0.84:
        return piece
    if chance < 0.92:
        return f"{piece},"
    if chance < 0.98:
        return f"{piece}. {piece[0].upper()}{piece[1:]}"
    return f"{piece}.\n\n" if chance < 0.99 else f"{piece}:\n\n"
