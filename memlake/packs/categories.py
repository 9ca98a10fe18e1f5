"""What a memory is about, as another assistant wants it sorted: six categories, told by words, with the reason."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Literal, NamedTuple

from memlake.packs.lexicon import Hit, Lexicon, Reading, Token, packaged_toml, quoted

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

_NAME = re.compile(r"\W{0,4}([A-ZÀ-Þ][\w-]{1,30})\s+([^\W\d_]+)")
_PERSON, _SOMEBODY_ELSE, _KIN = "user", "someone", "kin"
_NEAR_KIN = 12  # characters between a name and what somebody is
_QUOTED = re.compile(r"""["“„«「『][^"“”„«»「」『』]{24,}["“”»」』]|[「『][^「」『』]{10,}[」』]""")
_HEAD = "^"
_HEAD_WORDS, _HEAD_SIGNS = 3, 7
_VERB_LAST = frozenset({"ja", "ko"})
_FEWEST_BEGINNINGS, _FEWEST_VERBS = 3, 2
_SHARE_OF_BEGINNINGS = 0.5


class Sorted(NamedTuple):
    """The category of a memory, and the words that decided, for people."""

    category: Category
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Rule:
    cues: tuple[str, ...]
    others: frozenset[str]
    """The cues but the first."""
    weights: tuple[float, ...]
    """For the categories in their order."""
    says: str


class _Rules(NamedTuple):
    lexicon: Lexicon
    subject: re.Pattern[str]
    patterns: Mapping[str, Sequence[tuple[str, re.Pattern[str]]]]
    """By language, with what they stand for."""
    rules: Mapping[str, Sequence[_Rule]]
    """By the first of the cues that a rule needs."""


def categorise(text: str, *, names: Collection[str] = ()) -> Sorted:
    """Return what a memory is about: every rule that fits adds its weights to the categories, the highest sum wins.

    `names` are what the person is called at the beginning of memories, besides "User" and the like.
    """
    applied: dict[_Rule, Mapping[str, Hit]] = {}
    for hits in cues_by_sentence(text, names=names):
        for rule in _applicable(_rules().rules, hits):
            applied.setdefault(rule, hits)
    sums = [sum(weights) for weights in zip(*(rule.weights for rule in applied), strict=True)]
    if max(sums, default=0) <= 0:
        return Sorted("other", "no words tell another category")
    place = sums.index(max(sums))
    rule = max(applied, key=lambda one: one.weights[place])
    telling = sorted((applied[rule][cue] for cue in rule.cues), key=lambda hit: hit.start)
    return Sorted(list(CATEGORIES)[place], f"{rule.says}: {quoted(text, telling)}")


def cues_by_sentence(text: str, *, names: Collection[str] = ()) -> Collection[Mapping[str, Hit]]:
    """Return what the words and shapes of each sentence stand for; with `^`, where its verb is: near the beginning.

    In languages whose verb comes last it is near the end. What stands for the person at the beginning is not counted,
    and what is quoted says nothing about them.
    """
    known = _rules()
    begin = _end_of_subject(text, names)
    reading = known.lexicon.find(text, begin)
    hits = chain(reading.hits, _shapes(text, begin, reading))
    if begin:
        person = Hit(_PERSON, 0, begin, 0)
        hits = chain((person,), (hit for hit in hits if hit.name != _SOMEBODY_ELSE))
    quotations = [found.span() for found in _QUOTED.finditer(text)]
    heads = _heads(reading)
    sentences: dict[int, dict[str, Hit]] = {}
    for hit in hits:
        if quotations and any(start < hit.start and hit.end < end for start, end in quotations):
            continue
        cues = sentences.setdefault(hit.sentence, {})
        cues.setdefault(hit.name, hit)
        first, last = heads.get(hit.sentence, (0, 0))
        if first <= hit.start <= last:
            cues.setdefault(_HEAD + hit.name, hit)
    return sentences.values()


def own_names(texts: Iterable[str]) -> frozenset[str]:
    """Return the name with which so many memories begin, and go on with different verbs, that it is the person's own.

    It is somebody else's where more memories begin with "User" and the like, or with other names.
    """
    names = packaged_toml("categories.toml")["names"]
    verbs, pronouns = frozenset(names["verbs"].split()), frozenset(names["pronouns"].split())
    going_on: dict[str, list[str]] = {}
    subjects = 0
    for text in texts:
        subjects += (is_person := _rules().subject.match(text) is not None)
        found = None if is_person else _NAME.match(text)
        if found and found[2] in verbs and found[1] not in pronouns:
            subjects += 1
            going_on.setdefault(found[1], []).append(found[2])
    fewest = max(_FEWEST_BEGINNINGS, subjects * _SHARE_OF_BEGINNINGS)
    return frozenset(
        name for name, seconds in going_on.items() if len(seconds) >= fewest and len(set(seconds)) >= _FEWEST_VERBS
    )


def is_kin(name: str, texts: Iterable[str]) -> bool:
    """Tell whether somebody is called family or a friend right beside their name, or by a word for a name."""
    first, _, others = name.partition(" ")
    return (not others and _has_kin(name)) or any(_is_beside_kin(first, text) for text in texts if first in text)


def _has_kin(text: str) -> bool:
    return any(hit.name == _KIN for hit in _rules().lexicon.find(text).hits)


def _is_beside_kin(name: str, text: str) -> bool:
    places = [found.span() for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    kin = [(hit.start, hit.end) for hit in _rules().lexicon.find(text).hits if hit.name == _KIN] if places else []
    between = (text[min(one[1], other[1]) : max(one[0], other[0])] for one in places for other in kin)
    return any(len(words) <= _NEAR_KIN and words == words.lower() for words in between)


def _applicable(rules: Mapping[str, Sequence[_Rule]], hits: Mapping[str, Hit]) -> Iterator[_Rule]:
    for name in hits:
        for rule in rules.get(name, ()):
            if len(rule.cues) == 1 or rule.others <= hits.keys():
                yield rule


def _end_of_subject(text: str, names: Collection[str]) -> int:
    """Return where what is said about the person begins, if a text begins with what stands for them, else 0."""
    if found := _rules().subject.match(text):
        return found.end()
    named = _NAME.match(text) if names else None
    return named.end(1) if named and named[1] in names else 0


def _heads(reading: Reading) -> Mapping[int, tuple[int, int]]:
    """Return between which places the verb of each sentence is looked for."""
    sentences: dict[int, list[Token]] = {}
    for word in reading.words:
        if word.start < word.end:
            sentences.setdefault(word.sentence, []).append(word)
    if _VERB_LAST.isdisjoint(reading.languages):
        return {place: (0, words[:_HEAD_WORDS][-1].start) for place, words in sentences.items()}
    return {place: (words[-_HEAD_SIGNS:][0].start, words[-1].end) for place, words in sentences.items()}


def _shapes(text: str, begin: int, reading: Reading) -> Iterator[Hit]:
    rest = text[begin:]
    patterns = _rules().patterns
    for name, pattern in chain.from_iterable(patterns.get(language, ()) for language in reading.languages):
        if found := pattern.search(rest):
            start, end = begin + found.start(), begin + found.end()
            last = bisect_left(reading.words, end, key=attrgetter("start")) - 1
            yield Hit(name, start, end, reading.words[max(last, 0)].sentence)


@cache
def _rules() -> _Rules:
    table = packaged_toml("categories.toml")
    rules: dict[str, list[_Rule]] = {}
    for cues, rule in chain.from_iterable(by_cues.items() for by_cues in table["rules"].values()):
        needed = tuple(cues.split())
        weights = tuple(rule.get(category, 0.0) for category in CATEGORIES)
        rules.setdefault(needed[0], []).append(
            _Rule(cues=needed, others=frozenset(needed[1:]), weights=weights, says=rule["says"])
        )
    patterns: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for name, by_language in table["patterns"].items():
        for language, pattern in by_language.items():
            patterns.setdefault(language, []).append((name, re.compile(pattern)))
    return _Rules(Lexicon(table["words"]), re.compile(table["subject"]), patterns, rules)
