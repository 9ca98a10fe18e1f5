"""Finds words and phrases in a text, in the language that it is written in, without case and accents."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any, NamedTuple

_SIGNS = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_TOKEN = re.compile(
    rf"(?P<sign>[{_SIGNS}])|(?P<word>[^\W{_SIGNS}]+[+#]*)"
    r"|(?P<end>[.!?\u2026]+(?=[\s\"'\u201d\u2019\u00bb)\]]|\Z)|[\u3002\uff01\uff1f\n;])|(?P<part>[:\uff1a])"
)
_LEAD = re.compile(r"\s*(?:(?:[-*\u2022\u00b7>]|\d{1,4}[.)]|\[[^\[\]]{0,40}\])\s{1,4}(?:-\s{1,4})?)*")
_PHRASE = re.compile(rf"\^|(?<!\S)\*(?!\S)|[{_SIGNS}]|\*?[^\W{_SIGNS}]+[+#]*\*?")
_BEGINNING = "^"
_ANY = "*"
_STEM_LENGTHS = range(2, 24)
_ACCENTED = range(0x80, 0x0600)
_WIDE = range(0xFF01, 0xFF5F)
_TO_NARROW = 0xFF01 - 0x21
_KANA, _HANGUL, _HAN = (re.compile(f"[{signs}]") for signs in ("\u3040-\u30ff", "\uac00-\ud7a3", "\u4e00-\u9fff"))
_EVERYWHERE = "any"
_KEPT_WORDS = 20_000
_LONGEST_QUOTE = 60
_MOST_QUOTES = 3


class _Phrase(NamedTuple):
    """What a phrase stands for, its words behind the first one, and whether it must begin a sentence."""

    name: str
    rest: tuple[str, ...]
    is_beginning: bool


class _Phrases(NamedTuple):
    """The phrases that may begin with a word: of one word alone, by their second word, and the others."""

    alone: Sequence[_Phrase]
    by_second: Mapping[str, Sequence[_Phrase]]
    others: Sequence[_Phrase]


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


class Reading(NamedTuple):
    """The phrases of a text, the languages that it may be in, `any` among them, and the words that were read."""

    hits: list[Hit]
    languages: list[str]
    words: Sequence[Token]


class _Folds(dict[int, int]):
    """What stands for each letter, one for one, so that places stay the same."""

    def __missing__(self, code: int) -> int:
        sign = chr(code)
        if code in _ACCENTED:
            sign = unicodedata.normalize("NFD", sign)[0]
        elif code in _WIDE:
            sign = chr(code - _TO_NARROW)
        self[code] = ord(sign.casefold()[0])
        return self[code]


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Return a text of the same length without case and accents."""
    return text.lower() if text.isascii() else text.translate(_FOLDS)


@lru_cache(maxsize=1)  # one text is looked through for several things, one after the other
def tokens(text: str, begin: int = 0) -> Sequence[Token]:
    """Return the words of a text from a place on, folded, and where sentences begin."""
    lead = _LEAD.match(text, begin)
    begin = lead.end() if lead else begin
    sentence = 0
    found_tokens = [Token(_BEGINNING, begin, begin, sentence)]
    for found in _TOKEN.finditer(fold(text), begin):
        if found.lastgroup in ("sign", "word"):
            found_tokens.append(Token(found[0], found.start(), found.end(), sentence))
        else:
            sentence += found.lastgroup == "end"
            found_tokens.append(Token(_BEGINNING, found.end(), found.end(), sentence))
    return found_tokens


@cache
def packaged_toml(name: str) -> dict[str, Any]:
    """Return one of the vocabularies beside this file."""
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def quoted(text: str, hits: Sequence[Hit]) -> str:
    """Return the words of some hits as people read them, each once."""
    words = dict.fromkeys(" ".join(text[hit.start : hit.end].split())[:_LONGEST_QUOTE] for hit in hits)
    return ", ".join(f"“{word}”" for word in list(words)[:_MOST_QUOTES])


class Lexicon:
    """Phrases by what they stand for and by their language: `{"pet": {"en": "dog*, guinea pig", "de": "hund*"}}`.

    Commas separate phrases, spaces their words. `*` before or after a word stands for any beginning or ending, alone
    for any word, `^` for the beginning of a sentence. In writing without spaces every sign is a word. Phrases under the
    language `any` are looked for in every text, the others in texts of their language, as far as frequent words and
    letters tell it.
    """

    def __init__(self, phrases: Mapping[str, Mapping[str, str]]) -> None:
        known = packaged_toml("languages.toml")
        self._telling = {language: frozenset(fold(words).split()) for language, words in known["telling"].items()}
        self._letters: dict[str, str] = known["letters"]
        languages = {language for table in phrases.values() for language in table}
        self._is_told_apart = languages != {_EVERYWHERE}
        self._tables = {language: _Table(phrases, language) for language in languages}

    def find(self, text: str, begin: int = 0) -> Reading:
        """Return all phrases that a text holds from a place on, by where they begin; they may overlap."""
        words = tokens(text)
        languages = self._languages(text, words) if self._is_told_apart else [_EVERYWHERE]
        if begin:
            words = tokens(text, begin)
        tables = [self._tables[name] for name in languages if name in self._tables]
        hits: list[Hit] = []
        for place, word in enumerate(words):
            if word.text == _BEGINNING:
                continue
            is_beginning = words[place - 1].text == _BEGINNING
            hits.extend(
                Hit(phrase.name, word.start, words[place + len(phrase.rest)].end, word.sentence)
                for table in tables
                for phrase in table.fitting(words, place)
                if is_beginning or not phrase.is_beginning
            )
        return Reading(hits, languages, words)

    def _languages(self, text: str, words: Sequence[Token]) -> list[str]:
        if not text.isascii():
            for pattern, languages in ((_KANA, ["ja"]), (_HANGUL, ["ko"]), (_HAN, ["zh", "ja"])):
                if pattern.search(text):
                    return [_EVERYWHERE, *languages]
        lower = text.lower()
        texts = [word.text for word in words]
        counts = {language: sum(map(telling.__contains__, texts)) for language, telling in self._telling.items()}
        if not text.isascii():
            for language, letters in self._letters.items():
                counts[language] += 2 * any(letter in lower for letter in letters)
        most = max(counts.values(), default=0)
        return [_EVERYWHERE, *(language for language, count in counts.items() if count == most)]


class _Table:
    """The phrases of one language by their first word."""

    def __init__(self, phrases: Mapping[str, Mapping[str, str]], language: str) -> None:
        self._whole: dict[str, list[_Phrase]] = {}
        self._stems: dict[str, list[_Phrase]] = {}
        self._endings: dict[str, list[_Phrase]] = {}
        self._known: dict[str, _Phrases] = {}
        for name, table in phrases.items():
            for phrase in table.get(language, "").split(","):
                parts = _PHRASE.findall(fold(phrase))
                if parts:
                    self._add(name, parts)

    def fitting(self, words: Sequence[Token], place: int) -> Iterator[_Phrase]:
        """Yield the phrases that stand at a place."""
        phrases = self._beginning(words[place].text)
        yield from phrases.alone
        if place + 1 < len(words) and (phrases.by_second or phrases.others):
            for phrase in chain(phrases.by_second.get(words[place + 1].text, ()), phrases.others):
                last = place + len(phrase.rest)
                if last < len(words) and all(
                    map(_fits, phrase.rest, (word.text for word in words[place + 1 : last + 1]))
                ):
                    yield phrase

    def _beginning(self, word: str) -> _Phrases:
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _KEPT_WORDS:
                self._known.clear()
            known = self._known[word] = _grouped(self._look_up(word))
        return known

    def _add(self, name: str, parts: Sequence[str]) -> None:
        is_beginning = parts[0] == _BEGINNING
        first, *rest = parts[is_beginning:]
        table = self._stems if first.endswith(_ANY) else self._endings if first.startswith(_ANY) else self._whole
        table.setdefault(first.strip(_ANY), []).append(_Phrase(name, tuple(rest), is_beginning))

    def _look_up(self, word: str) -> Iterator[_Phrase]:
        yield from self._whole.get(word, ())
        for length in range(_STEM_LENGTHS.start, min(len(word) + 1, _STEM_LENGTHS.stop)):
            yield from self._stems.get(word[:length], ())
            yield from self._endings.get(word[-length:], ())


def _grouped(phrases: Iterable[_Phrase]) -> _Phrases:
    alone: list[_Phrase] = []
    by_second: dict[str, list[_Phrase]] = {}
    others: list[_Phrase] = []
    for phrase in phrases:
        if not phrase.rest:
            alone.append(phrase)
        elif _ANY in phrase.rest[0]:
            others.append(phrase)
        else:
            by_second.setdefault(phrase.rest[0], []).append(phrase)
    return _Phrases(alone, by_second, others)


def _fits(part: str, word: str) -> bool:
    if part.endswith(_ANY):
        return word.startswith(part[:-1])
    return word.endswith(part[1:]) if part.startswith(_ANY) else word == part
