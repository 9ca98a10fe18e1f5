"""Closed classes of words in several languages, from the file beside this one."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_UNSPACED = "unspaced"
_TABLES = tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8"))


def _meanings(table: dict[str, str]) -> dict[str, str]:
    return {word: meaning for meaning, words in table.items() for word in words.split()}


NUMERALS = _meanings(_TABLES["numerals"])
"""A word for a number, and its digits."""

ONES = _meanings(_TABLES["ones"])
"""A word for one, which may also be an article."""

ORDINALS = _meanings(_TABLES["ordinals"])
"""A word for a number in a sequence, and its digits."""

CALENDAR: dict[str, tuple[str, str]] = {
    word: (kind, value) for kind, table in _TABLES["calendar"].items() for word, value in _meanings(table).items()
}
"""A word for a month, a day of the week, a season or a side: of which kind it is, and which."""

KINDS: dict[str, tuple[str, str]] = {
    word: (kind, value) for kind, table in _TABLES["kinds"].items() for word, value in _meanings(table).items()
}
"""A word for one of several things of a kind, or of two opposites: of which kind it is, and which."""

_ONLY_IN: dict[str, dict[str, str]] = _TABLES["only_in"]

SCALES: dict[str, int] = _TABLES["scales"]
"""By how much a word after a number multiplies it."""

AMOUNTS = tuple((re.compile(pattern), amount) for pattern, amount in _TABLES["amounts"].items())
"""What tells an amount without a figure, and what stands for it."""

UNITS: dict[str, tuple[str, int]] = {
    word: (kind, factor)
    for kind, table in _TABLES["units"].items()
    for words, factor in table.items()
    for word in words.split()
}
"""A word for a unit: what it measures, and how many of the smallest one it is."""

FUNCTION_WORDS = {language: frozenset(words.split()) for language, words in _TABLES["function_words"].items()}
"""The most frequent words of each language."""

CONTENTLESS = {
    language: words | set(_TABLES["fillers"][language].split()) for language, words in FUNCTION_WORDS.items()
}
"""The same, and other words that tell nothing of what a statement is about."""

EVERYDAY = {language: frozenset(words.split()) for language, words in _TABLES["everyday"].items()}
"""Words beside those that stand in statements about anything."""

TITLES = frozenset(_TABLES["no_names"]["titles"].split())
NO_NAMES = frozenset(word for words in _TABLES["no_names"].values() for word in words.split())
"""What is written with a capital and is no name, titles among it."""

DEMONYMS = frozenset(_TABLES["demonyms"]["en"].split())
"""English adjectives of peoples."""

ALIASES = _meanings(_TABLES["aliases"])
"""A word of a name that has a short form unlike it: which name."""

LEADS = _meanings(_TABLES["leads"])
"""A small word before a name: which of those that say the same it stands for."""

BEFORE_VERBS = frozenset(_TABLES["before_verbs"]["all"].split())
"""Frequent words that a verb or an adjective may stand behind as well as a noun."""

PASSED = {language: frozenset(words.split()) for language, words in _TABLES["passed"].items()}
"""What may stand between a word and the name it belongs to."""

GERMAN = {name: frozenset(words.split()) for name, words in _TABLES["german"].items()}
"""What tells a name from another noun in German: words before names, endings of nouns, nouns without an article."""


def numeral(word: str, language: str | None) -> str | None:
    """Return the digits of a numeral; `None` for another word, as which it is taken where the language is unknown."""
    return NUMERALS.get(word) if _is_meant(word, "numerals", language) else None


def calendar(word: str, language: str | None) -> tuple[str, str] | None:
    """Return what a word of the calendar means, or the like of it in the plural; `None` for another word."""
    if not _is_meant(word, "calendar", language):
        return None
    return CALENDAR.get(word) or CALENDAR.get(word.removesuffix("s"))


def kind_of(word: str, language: str) -> tuple[str, str] | None:
    """Return of which kind a word is and which one of it; `None` for a word that is of none here."""
    return KINDS.get(word) if _is_meant(word, "kinds", language) else None


def _is_meant(word: str, table: str, language: str | None) -> bool:
    languages = _ONLY_IN[table].get(word)
    return languages is None or (language is not None and language in languages.split())


@cache
def denials(language: str | None) -> re.Pattern[str]:
    """Return what denies a statement in a language; `None`: in writing without spaces."""
    return _words(_TABLES["denials"], language)


@cache
def all_denials() -> re.Pattern[str]:
    """Return what denies a statement in any language."""
    spaced = (denials(language).pattern for language in _TABLES["denials"] if language != _UNSPACED)
    return re.compile("|".join([*spaced, denials(None).pattern]))


@cache
def doubts(language: str | None) -> re.Pattern[str]:
    """Return what can stand for a denial in other words."""
    return _words(_TABLES["doubts"], language)


def _words(table: dict[str, str], language: str | None) -> re.Pattern[str]:
    return _any_of(table[_UNSPACED]) if language is None else re.compile(rf"\b(?:{_any_of(table[language]).pattern})\b")


def _any_of(alternatives: str) -> re.Pattern[str]:
    """Compile what stands between bars, on several lines."""
    return re.compile("|".join(word.strip() for line in alternatives.strip().splitlines() for word in line.split("|")))


def _phrases(name: str) -> tuple[str, str]:
    return _any_of(_TABLES["phrases"][name]).pattern, _any_of(_TABLES["phrases_unspaced"][name]).pattern


CEASED = re.compile(r"\b(?:{})\b|{}".format(*_phrases("ceased")))
"""What says that something was so and is not: never another word for a lack."""

RESUMED = re.compile(r"\b(?:{})\b|{}".format(*_phrases("resumed")))
"""What says that something is so that was not."""

FORMER = re.compile(r"\b(?:{})\b|{}".format(*_phrases("former")))
"""What says that something was so once."""

PAST = re.compile(r"\b(?:{})\b|{}".format(*_phrases("past")))
"""What may say as much by its form alone."""

AGAIN = re.compile(r"\b(?:{})\b|{}".format(*_phrases("again")))
"""What says that something is so that was so once, and not since."""

LIMITED = re.compile(r"\b(?:{})\b|{}".format(*_phrases("limited")))
"""What denies only a part: not after eight, nowhere but at home."""

LACKING = re.compile(r"\b(?:{})\b|{}".format(*_phrases("lacking")))
"""What says as much as a denial: with one beside it, the two say yes."""

NO_DENIALS = re.compile(r"\b(?:{})\b|{}".format(*_phrases("no_denials")))
"""What looks like a denial and is none."""

OPPOSED = re.compile(r"\s(?:{})\s|{}".format(*_phrases("opposed")))
"""What stands between what is wanted and what is not."""

ORDERING = re.compile(r"\b(?:{})\b|{}".format(*_phrases("ordering")))
"""What stands between two things that are not the same the other way round."""

WAITING = re.compile(r"\b(?:{})\b|{}".format(*_phrases("waiting")))
"""What says that something is to come from others, or has not come so far."""

UNDECIDED = re.compile(r"\b(?:{})\b|{}".format(*_phrases("undecided")))
"""What says that somebody has a choice to make."""

DECIDED = re.compile(r"\b(?:{})\b|{}".format(*_phrases("decided")))
"""What says that something is settled, one way or the other."""

INTENDED = re.compile(r"\b(?:{})\b|{}".format(*_phrases("intended")))
"""What says that something is to come: a decision, where there was a choice."""
