"""Names in a statement, and whether one of them was replaced by another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from memlake.history.prose.folding import UNSPACED, common_beginning, fold, is_unspaced
from memlake.history.prose.names_unspaced import unspaced_name_changed, unspaced_names
from memlake.history.prose.overlap import content_words, kept_share, kept_words
from memlake.history.prose.vocabulary import (
    ALIASES,
    CALENDAR,
    DEMONYMS,
    GERMAN,
    LEADS,
    NO_NAMES,
    NUMERALS,
    PASSED,
    TITLES,
)
from memlake.history.prose.wordings import wording

_WORD = re.compile(rf"[^\W\d_{UNSPACED}][^\W_{UNSPACED}]*(?:[.+#&'-][^\W_{UNSPACED}]+)*[+#]*")
_BEGINS = re.compile(r"(?:^|[.!?:;(\"\u201c\u201e\u00ab\u2013-])\s*$")
_LINKS = re.compile(r"\s(?:(?:da|de|do|dos|das|van|von|der|del|di|&|e)\s)?")
_LAST_WORD = re.compile(r"\b([^\W\d_]+)\.?\s$")
_NOUN_ENDING = re.compile(rf"(?:{'|'.join(sorted(GERMAN['endings']))})(?:e|en|s|es|innen?)?$")
_CLAUSE = re.compile(r"[,;:!?()\"\u201c\u201e\u2013\u2014]|\.(?=\s+[^\W\d_]{4})")
_NEXT_WORD = re.compile(r"\s+([\w'-]+)")
_ALIKE = 80
_SHORTEST_STEM = 4
_COMMON_BEGINNING = 5
_COMMON_SHARE = 0.6
_PART_SHARE = 0.6
_FREQUENT = 4
_KEPT = 0.5
_KEPT_AROUND_A_NOUN = 0.75
_KEPT_AROUND_A_PLACE = 0.35
_LONGEST_INITIALS = 5


@dataclass(frozen=True, slots=True)
class Spelling:
    """How an account's prose writes its words: those in lower case, those with a capital amid a sentence, and often."""

    small: frozenset[str]
    capital: frozenset[str]
    frequent: frozenset[str]


def spelling_of(texts: Iterable[str]) -> Spelling:
    """Return how some statements write their words."""
    small: set[str] = set()
    capital: set[str] = set()
    frequencies: Counter[str] = Counter()
    for text in texts:
        plain = wording(text).plain
        met = set()
        for word in _WORD.finditer(plain):
            folded = _bare(word[0])
            met.add(folded)
            if word[0][0].islower():
                small.add(folded)
            elif not _BEGINS.search(plain[: word.start()]):
                capital.add(folded)
        frequencies.update(met)
    frequent = {word for word, count in frequencies.items() if count >= _FREQUENT}
    return Spelling(frozenset(small), frozenset(capital), frozenset(frequent))


def name_changed(before: str, after: str, *, spelling: Spelling, language: str) -> tuple[str, str] | None:
    """Return a name that stands no longer in a statement and the one that replaced it; `None` if none did.

    Names are told by their capitals, in German (where every noun has one) also by the words before them; in writing
    without capitals by katakana, Latin letters, quotation marks and titles. A part of a name stands for all of it. A
    name replaces another in the same place: next to the same word, or among the same ones.
    """
    if is_unspaced(before) or is_unspaced(after):
        return unspaced_name_changed(before, after, language)
    old, new = _missing(before, after, spelling, language), _missing(after, before, spelling, language)
    for gone in old:
        for came in new:
            leave_out = frozenset(map(fold, (*gone.missing, *came.missing)))
            if _is_replaced(gone, came, kept_share(before, after, language, leave_out)):
                return " ".join(gone.missing), " ".join(came.missing)
    return None


def names_lost(before: str, after: str, *, spelling: Spelling, language: str) -> tuple[str, ...]:
    """Return the names of a statement that stand no longer in it, where no other one came for them.

    What may be another noun is none, and an abbreviation may be spelt out; nor is what the later statement begins with:
    there stands whom it is about.
    """
    new = wording(after)
    if is_unspaced(before) or is_unspaced(after):
        names = [name.text for name in unspaced_names(wording(before).plain) if name.is_sure]
        return tuple(
            name for name in names if not kept_words(content_words(fold(name), language), new.folded, language)
        )
    gone, came = (
        [one for one in _missing(text, other, spelling, language) if not (one.kept or one.name.may_be_noun)]
        for text, other in ((before, after), (after, before))
    )
    gone = [one for one in gone if not all(word.isupper() and len(word) < _SHORTEST_STEM for word in one.missing)]
    others = [one for one in came if not new.plain.startswith(one.missing)]
    return tuple(" ".join(one.missing) for one in gone) if len(gone) > len(others) else ()


@dataclass(frozen=True, slots=True)
class _Name:
    """Words that stand together as one name, what stands before and after, and whether it may be a German noun."""

    words: tuple[str, ...]
    lead: str
    follower: str
    may_be_noun: bool


@dataclass(frozen=True, slots=True)
class _Missing:
    """Words of one name that the other statement lacks, and those (folded) that it has."""

    missing: tuple[str, ...]
    kept: frozenset[str]
    name: _Name

    @property
    def is_demonym(self) -> bool:
        return any(_bare(word) in DEMONYMS for word in self.missing)


def _is_replaced(gone: _Missing, came: _Missing, kept_share_around: float) -> bool:
    if gone.is_demonym != came.is_demonym or bool(gone.kept) != bool(came.kept):
        return False
    if gone.kept:
        return any(_are_alike(word, other, "") or word == other for word in gone.kept for other in came.kept)
    one, other = gone.name, came.name
    if one.may_be_noun or other.may_be_noun:
        return _is_noun_replaced(one, other, kept_share_around)
    is_same_place = "" != one.lead == other.lead or "" != one.follower == other.follower
    return is_same_place or kept_share_around >= _KEPT


def _is_noun_replaced(one: _Name, other: _Name, kept_share_around: float) -> bool:
    """Tell whether German words were replaced of which one at least may be no name, but another noun."""
    is_one_sure = one.may_be_noun != other.may_be_noun
    if is_one_sure and kept_share_around >= _KEPT:
        return True
    if {one.lead, other.lead} <= GERMAN["places"]:
        return one.lead == other.lead or kept_share_around >= _KEPT_AROUND_A_PLACE
    return (one.lead, one.follower) == (other.lead, other.follower) and kept_share_around >= _KEPT_AROUND_A_NOUN


def _missing(text: str, other: str, spelling: Spelling, language: str) -> list[_Missing]:
    plain = wording(other).plain
    words = _WORD.findall(plain)
    there = {part for word in words for part in re.split(r"[-.&']", _bare(word)) if part} | set(map(_bare, words))
    aliases = {ALIASES[word] for word in there if word in ALIASES}
    initials = "".join(word[0] for word in words if word[0].isupper()).casefold()
    found = []
    for name in _names(wording(text).plain, spelling, language):
        if len(name.words) > 1 and "".join(word[0] for word in name.words).casefold() in there:
            continue
        inflected_as = language if len(name.words) == 1 else ""
        missing = tuple(word for word in name.words if not _is_known(word, there, aliases, initials, inflected_as))
        if missing and not any(_bare(word) in spelling.frequent for word in missing):
            found.append(_Missing(missing, frozenset(map(_bare, name.words)) - frozenset(map(_bare, missing)), name))
    return found


def _is_known(word: str, there: set[str], aliases: set[str], initials: str, language: str) -> bool:
    folded = _bare(word)
    if ALIASES.get(folded) in aliases or _is_there(folded, there, language):
        return True
    return word.isupper() and 1 < len(word) <= _LONGEST_INITIALS and folded in initials


def _names(plain: str, spelling: Spelling, language: str) -> list[_Name]:
    """Return the names of a statement, words that stand together as one."""
    runs: list[list[re.Match[str]]] = []
    end_of_name: int | None = None
    for word in _WORD.finditer(plain):
        folded = _bare(word[0])
        is_next = end_of_name is not None and _LINKS.fullmatch(plain[end_of_name : word.start()]) is not None
        if not _is_capital(word[0], folded):
            end_of_name = end_of_name if folded in TITLES else None
            continue
        if is_next:
            runs[-1].append(word)
        elif _is_name(plain[: word.start()], word[0], folded, spelling, language):
            runs.append([word])
        else:
            end_of_name = None
            continue
        end_of_name = word.end()
    return [_name(plain, run, language) for run in runs]


def _name(plain: str, run: list[re.Match[str]], language: str) -> _Name:
    lead, follower = _lead(plain[: run[0].start()], language), _NEXT_WORD.match(plain, run[-1].end())
    before = plain[: run[0].start()]
    is_sure = language != "de" or len(run) > 1 or any(sign.isupper() for sign in run[0][0][1:]) or _has_noun(before)
    title = _LAST_WORD.search(before)
    return _Name(
        words=tuple(word[0].removesuffix("'s").removesuffix("\u2019s") for word in run),
        lead=lead,
        follower=fold(follower[1]) if follower else "",
        may_be_noun=not is_sure and not (title and _bare(title[1]) in TITLES) and lead not in GERMAN["calls"],
    )


def _lead(plain: str, language: str) -> str:
    """Return the word before a name in the same clause, articles and titles passed over; like ones count as one."""
    for word in reversed(_CLAUSE.split(plain)[-1].split()):
        folded = _bare(word.rstrip("."))
        if folded not in PASSED[language] and folded not in TITLES:
            lead = LEADS.get(folded, folded)
            return "" if lead == "nothing" else lead
    return ""


def _is_capital(word: str, folded: str) -> bool:
    is_dated = folded in CALENDAR or folded.removesuffix("s") in CALENDAR or folded in NUMERALS
    return any(sign.isupper() for sign in word) and not (folded in NO_NAMES or is_dated)


def _is_name(lead: str, word: str, folded: str, spelling: Spelling, language: str) -> bool:
    if any(sign.isupper() for sign in word[1:]):
        return True
    if folded in spelling.small:
        return False
    title = _LAST_WORD.search(lead)
    if title and _bare(title[1]) in TITLES:
        return True
    if _BEGINS.search(lead) and folded not in spelling.capital:
        return False
    return language != "de" or _has_noun(lead) or _has_no_article(lead, folded)


def _has_noun(lead: str) -> bool:
    """Tell whether a German noun that does not begin a sentence stands right before, as in "die Praxis Kern"."""
    before = _LAST_WORD.search(lead)
    return before is not None and before[1][0].isupper() and not _BEGINS.search(lead[: before.start()])


def _has_no_article(lead: str, folded: str) -> bool:
    """Tell whether a German noun stands as a name does: after a word in lower case that is no article."""
    if folded in GERMAN["nouns"] or _NOUN_ENDING.search(folded):
        return False
    before = _LAST_WORD.search(lead)
    return before is not None and before[1][0].islower() and fold(before[1]) not in PASSED["de"]


def _is_there(word: str, there: set[str], language: str) -> bool:
    return word in there or any(_are_alike(word, other, language) for other in there if len(other) >= _SHORTEST_STEM)


def _are_alike(word: str, other: str, language: str) -> bool:
    """Tell whether two words are forms of one: inflected, compounded, abbreviated."""
    if len(word) < _SHORTEST_STEM:
        return False
    is_part = (word in other or other in word) and (
        language == "de" or min(len(word), len(other)) >= _PART_SHARE * max(len(word), len(other))
    )
    if is_part or fuzz.ratio(word, other) >= _ALIKE:
        return True
    common = common_beginning(word, other)
    if language == "de" and (common >= _SHORTEST_STEM or word[-_COMMON_BEGINNING:] == other[-_COMMON_BEGINNING:]):
        return True
    return common >= _COMMON_BEGINNING and common >= _COMMON_SHARE * max(len(word), len(other))


def _bare(word: str) -> str:
    return fold(word).removesuffix("'s")
