"""What a memory is about, as another assistant wants it sorted: six categories, told by words, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from memlake.packs.lexicon import Hit, Lexicon, packaged_toml, quoted

Category = Literal["instructions", "personal", "projects", "tools", "corrections", "other"]

CATEGORIES: Mapping[Category, str] = {
    "instructions": "how to answer: tone, format, length, language, what to do always or never",
    "personal": "who you are: name, family, home, work, health, likes and habits",
    "projects": "what you work on and want: projects, goals, plans, topics that come back",
    "tools": "what you work with: languages, frameworks, devices, technical preferences",
    "corrections": "what you rejected or put right in how the assistant behaved or what it assumed",
    "other": "anything else: other people, the world, notes, tests",
}
"""The categories in the order of a pack, with what each is for people."""


class Sorted(NamedTuple):
    """The category of a memory, and the words that decided, for people."""

    category: Category
    reason: str


class _Rule(NamedTuple):
    category: Category
    cues: tuple[str, ...]
    weight: float
    says: str


class _Rules(NamedTuple):
    lexicon: Lexicon
    patterns: Mapping[str, Mapping[str, re.Pattern[str]]]
    rules: Sequence[_Rule]


def categorise(text: str) -> Sorted:
    """Return what a memory is about: every rule that fits adds its weight to a category, and the highest sum wins."""
    known = _rules()
    by_sentence: dict[int, dict[str, Hit]] = {}
    reading = known.lexicon.find(text)
    for hit in [*reading.hits, *_shapes(text, known.patterns, reading.languages)]:
        by_sentence.setdefault(hit.sentence, {}).setdefault(hit.name, hit)
    sums = dict.fromkeys(CATEGORIES, 0.0)
    strongest: dict[Category, tuple[_Rule, list[Hit]]] = {}
    for rule in known.rules:
        hits = next((_hits(rule, hits) for hits in by_sentence.values() if all(cue in hits for cue in rule.cues)), None)
        if hits is None:
            continue
        sums[rule.category] += rule.weight
        best = strongest.get(rule.category)
        if best is None or rule.weight > best[0].weight:
            strongest[rule.category] = rule, hits
    category = max(CATEGORIES, key=lambda name: sums[name])
    if sums[category] <= 0:
        return Sorted("other", "no words tell another category")
    rule, hits = strongest[category]
    return Sorted(category, f"{rule.says}: {quoted(text, hits)}")


def _shapes(
    text: str, patterns: Mapping[str, Mapping[str, re.Pattern[str]]], languages: Sequence[str]
) -> Iterator[Hit]:
    for name, by_language in patterns.items():
        for language in languages:
            found = by_language[language].search(text) if language in by_language else None
            if found:
                yield Hit(name, found.start(), found.end(), 0)


def _hits(rule: _Rule, known: Mapping[str, Hit]) -> list[Hit]:
    return sorted((known[cue] for cue in rule.cues), key=lambda hit: hit.start)


@cache
def _rules() -> _Rules:
    table = packaged_toml("categories.toml")
    rules = [
        _Rule(category, tuple(rule["cues"].split()), rule["weight"], rule["says"])
        for category in CATEGORIES
        for rule in table["rules"].get(category, ())
    ]
    patterns = {
        name: {language: re.compile(pattern) for language, pattern in by_language.items()}
        for name, by_language in table["patterns"].items()
    }
    return _Rules(Lexicon(table["words"]), patterns, rules)
