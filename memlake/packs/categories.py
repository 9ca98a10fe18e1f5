"""What a memory is about, as another assistant wants it sorted: six categories, told by words, with the reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
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

_NAME = re.compile(r"\W{0,4}([A-ZÀ-Þ][\w-]{1,30})(?=\W)")
_PERSON, _SOMEBODY_ELSE = "user", "someone"
_FEWEST_BEGINNINGS = 3
_SHARE_OF_BEGINNINGS = 0.2


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
    rules: Mapping[str, Sequence[_Rule]]
    """By the first of the cues that a rule needs."""


def categorise(text: str, *, names: Collection[str] = ()) -> Sorted:
    """Return what a memory is about: every rule that fits adds its weight to a category, and the highest sum wins.

    `names` are what the person is called at the beginning of memories, besides "User" and the like.
    """
    known = _rules()
    reading = known.lexicon.find(text)
    sentences: dict[int, dict[str, Hit]] = {}
    for hit in _of_person(text, names, chain(reading.hits, _shapes(text, known.patterns, reading.languages))):
        sentences.setdefault(hit.sentence, {}).setdefault(hit.name, hit)
    applied: dict[_Rule, Mapping[str, Hit]] = {}
    for hits in sentences.values():
        for rule in _applicable(known.rules, hits):
            applied.setdefault(rule, hits)
    sums = dict.fromkeys(CATEGORIES, 0.0)
    strongest: dict[Category, _Rule] = {}
    for rule in applied:
        sums[rule.category] += rule.weight
        best = strongest.get(rule.category)
        if best is None or rule.weight > best.weight:
            strongest[rule.category] = rule
    category = max(CATEGORIES, key=lambda name: sums[name])
    if sums[category] <= 0:
        return Sorted("other", "no words tell another category")
    rule = strongest[category]
    telling = sorted((applied[rule][cue] for cue in rule.cues), key=lambda hit: hit.start)
    return Sorted(category, f"{rule.says}: {quoted(text, telling)}")


def _applicable(rules: Mapping[str, Sequence[_Rule]], hits: Mapping[str, Hit]) -> Iterator[_Rule]:
    for name in hits:
        for rule in rules.get(name, ()):
            if all(cue in hits for cue in rule.cues):
                yield rule


def own_names(texts: Iterable[str]) -> frozenset[str]:
    """Return the names with which so many memories begin that they are the person's own."""
    beginnings = [found[1] for text in texts if (found := _NAME.match(text))]
    fewest = max(_FEWEST_BEGINNINGS, len(beginnings) * _SHARE_OF_BEGINNINGS)
    return frozenset(name for name, count in Counter(beginnings).items() if count >= fewest)


def _of_person(text: str, names: Collection[str], hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield the hits; where a text begins with the person's own name, this stands for "User"."""
    found = _NAME.match(text)
    if found is None or found[1] not in names:
        yield from hits
        return
    yield Hit(_PERSON, found.start(1), found.end(1), 0)
    yield from (hit for hit in hits if hit.name != _SOMEBODY_ELSE)


def _shapes(
    text: str, patterns: Mapping[str, Mapping[str, re.Pattern[str]]], languages: Sequence[str]
) -> Iterator[Hit]:
    for name, by_language in patterns.items():
        for language in languages:
            found = by_language[language].search(text) if language in by_language else None
            if found:
                yield Hit(name, found.start(), found.end(), 0)


@cache
def _rules() -> _Rules:
    table = packaged_toml("categories.toml")
    rules: dict[str, list[_Rule]] = {}
    for category in CATEGORIES:
        for rule in table["rules"][category]:
            cues = tuple(rule["cues"].split())
            rules.setdefault(cues[0], []).append(_Rule(category, cues, rule["weight"], rule["says"]))
    patterns = {
        name: {language: re.compile(pattern) for language, pattern in by_language.items()}
        for name, by_language in table["patterns"].items()
    }
    return _Rules(Lexicon(table["words"]), patterns, rules)
