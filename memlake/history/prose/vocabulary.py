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

CALENDAR: dict[str, tuple[str, str]] = {
    word: (kind, value) for kind, table in _TABLES["calendar"].items() for word, value in _meanings(table).items()
}
"""A word for a month, a day of the week, a season or a side: of which kind it is, and which."""

SCALES: dict[str, int] = _TABLES["scales"]
"""By how much a word after a number multiplies it."""

FUNCTION_WORDS = {language: frozenset(words.split()) for language, words in _TABLES["function_words"].items()}
"""The most frequent words of each language."""

CURRENCIES = frozenset(_TABLES["no_names"]["currencies"].split())
TITLES = frozenset(_TABLES["no_names"]["titles"].split())


@cache
def denials(language: str | None) -> re.Pattern[str]:
    """Return what denies a statement in a language; `None`: in writing without spaces."""
    return _words(_TABLES["denials"], language)


@cache
def doubts(language: str | None) -> re.Pattern[str]:
    """Return what can stand for a denial in other words."""
    return _words(_TABLES["doubts"], language)


def _words(table: dict[str, str], language: str | None) -> re.Pattern[str]:
    return _any_of(table[_UNSPACED]) if language is None else re.compile(rf"\b(?:{_any_of(table[language]).pattern})\b")


def _any_of(alternatives: str) -> re.Pattern[str]:
    """Compile what stands between bars, on several lines."""
    return re.compile("|".join(word.strip() for line in alternatives.strip().splitlines() for word in line.split("|")))


CEASED = re.compile(rf"\b(?:{_any_of(_TABLES['phrases']['ceased']).pattern})\b")
"""What says that something was so and is not: never another word for a lack."""

NO_DENIALS = re.compile(rf"\b(?:{_any_of(_TABLES['phrases']['no_denials']).pattern})\b")
"""What looks like a denial and is none."""

OPPOSED = re.compile(rf"\s(?:{_any_of(_TABLES['phrases']['opposed']).pattern})\s|ではなく")
"""What stands between what is wanted and what is not."""
