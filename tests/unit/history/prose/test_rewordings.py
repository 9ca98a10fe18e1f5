"""What a nightly rewriting of prose does to statements, in six languages: other words, or another fact."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from memlake.history.prose.facts import Context, fact_change

_FOLDER = Path(__file__).with_name("pairs")
_LANGUAGES = ("de", "en", "es", "fr", "ja", "pt")


@cache
def pairs(language: str) -> dict[str, list[tuple[str, str]]]:
    """Return the pairs of a language that were only reworded, and those of which a fact changed."""
    tables = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))["pairs"]
    return {name: [_pair(line) for line in lines.strip().splitlines()] for name, lines in tables.items()}


@cache
def context(language: str) -> Context:
    """Return what all statements of a language tell about one another."""
    return Context.of([text for some in pairs(language).values() for pair in some for text in pair])


def _pair(line: str) -> tuple[str, str]:
    before, after = line.split(" => ")
    return before, after


def _each(name: str) -> list[tuple[str, str, str]]:
    return [(language, *pair) for language in _LANGUAGES for pair in pairs(language)[name]]


@pytest.mark.parametrize(("language", "before", "after"), _each("reworded"))
def test_rewording_is_no_change(language: str, before: str, after: str) -> None:
    """Synonyms, nominal style, short names, other units and dates, lists in another order, denial by an antonym."""
    assert fact_change(before, after, context(language)) is None
    assert fact_change(after, before, context(language)) is None


@pytest.mark.parametrize(("language", "before", "after"), _each("changed"))
def test_other_fact_is_a_change(language: str, before: str, after: str) -> None:
    """Another place, person, tool, number or day; what ended or began."""
    assert fact_change(before, after, context(language)) is not None
    assert fact_change(after, before, context(language)) is not None
