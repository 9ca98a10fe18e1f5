"""Whether two things of a statement changed places: from Porto to Lyon, tea and never coffee, more this than that."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from memlake.history.prose.folding import common_beginning, original
from memlake.history.prose.vocabulary import CONTENTLESS, ORDERING, all_denials
from memlake.history.prose.wordings import wording

_CLAUSE = re.compile(r"[,;:.!?()\u3001\u3002]|\b(?:but|and|aber|und|sondern|pero|y|e|sino|mas|et|mais|ma|maar|en)\b")
_WORD = re.compile(r"[\u30a0-\u30ff]{2,}|[\u3400-\u9fff]+|[^\W_\u3040-\u30ff\u3400-\u9fff]{2,}")
_THINGS = {"te"}  # Spanish tea, which without its accent is a pronoun
_NO_THINGS = frozenset[str]().union(*CONTENTLESS.values()) - _THINGS
_DENIED = "denied"
_KEPT = {_DENIED: 1.0}
_KEPT_AROUND_A_WORD = 0.5
_BESIDE = 2
_COMMON_BEGINNING = 4

_Sides = tuple[frozenset[str], frozenset[str]]


def swapped(before: str, after: str) -> str | None:
    """Return in a few words which two things changed places; `None` if none did.

    They stand on either side of a word that orders them, the same one in both statements, or the one is denied and the
    other is not. What stands on both sides tells nothing. Half of the rest has to stay, and all of it beside a denial.
    """
    old, new = _sides(before), _sides(after)
    for name in sorted(old.keys() & new.keys()):
        first = (old[name][0] & new[name][1]) - old[name][1] - new[name][0]
        second = (old[name][1] & new[name][0]) - old[name][0] - new[name][1]
        rest, other_rest = (frozenset().union(*sides[name]) - first - second for sides in (old, new))
        if first and second and _share(rest, other_rest) >= _KEPT.get(name, _KEPT_AROUND_A_WORD):
            one, other = (_spelt(before, words) for words in (first, second))
            return f"order: {one} – {other} → {other} – {one}"
    return None


def _share(words: frozenset[str], others: frozenset[str]) -> float:
    """Return the share of the fewer words that are among the others, in whatever form."""
    fewer, more = sorted((words, others), key=len)
    kept = [word for word in fewer if any(_is_form(word, other) for other in more)]
    return len(kept) / len(fewer) if fewer else 1.0


def _is_form(word: str, other: str) -> bool:
    return word == other or common_beginning(word, other) >= _COMMON_BEGINNING


def _sides(text: str) -> Mapping[str, _Sides]:
    """Return what stands beside each ordering word of a statement, and what is asserted and denied there."""
    folded = wording(text).folded
    found: defaultdict[str, list[_Sides]] = defaultdict(list)
    asserted: set[str] = set()
    denied: set[str] = set()
    for clause in _clauses(folded):
        for word in ORDERING.finditer(clause):
            sides = _things(clause[: word.start()])[-_BESIDE:], _things(clause[word.end() :])[:_BESIDE]
            found[word[0]].append((frozenset(sides[0]), frozenset(sides[1])))
        denial = all_denials().search(clause)
        if denial is None:
            asserted.update(_things(clause))
            continue
        behind, ahead = _things(clause[denial.end() :]), _things(clause[: denial.start()])
        denied.update(behind or ahead)
        asserted.update(ahead if behind else ())
    once = {name: sides[0] for name, sides in found.items() if len(sides) == 1}
    return {**once, _DENIED: (frozenset(asserted), frozenset(denied))}


def _clauses(folded: str) -> Iterator[str]:
    yield from filter(str.strip, _CLAUSE.split(folded))


def _things(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word not in _NO_THINGS]


def _spelt(text: str, words: frozenset[str]) -> str:
    """Return the first of some folded words as it stands in a text."""
    one = wording(text)
    start, word = min((one.folded.find(word), word) for word in words)
    return original(one.plain, start, start + len(word))
