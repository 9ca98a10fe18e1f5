"""Names in a statement, and whether one of them was replaced by another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from memlake.history.prose.folding import UNSPACED, fold, is_unspaced
from memlake.history.prose.vocabulary import CALENDAR, NO_NAMES, NUMERALS, TITLES
from memlake.history.prose.wordings import wording

_WORD = re.compile(rf"[^\W\d_{UNSPACED}][^\W_{UNSPACED}]*(?:[.+#&'-][^\W_{UNSPACED}]+)*[+#]*")
_BEGINS = re.compile(r"(?:^|[.!?:;(\"\u201c\u201e\u00ab\u2013-])\s*$")
_LINKS = re.compile(r"\s(?:(?:da|de|do|dos|das|van|von|der|del|di|&|e)\s)?")
_LAST_WORD = re.compile(r"\b([^\W\d_]+)\.?\s$")
_PREPOSITION = re.compile(
    r"\b(?:in|bei|aus|nach|von|mit|fur|am|und|oder|uber|namens|heisst|gegen|bis|statt|als|zu|ab|auf|an)\s$"
)
_NOUN_ENDING = re.compile(
    r"(?:ung|heit|keit|schaft|ion|ment|nis|tum|chen|lein|zeit|arbeit|tag|kraft|geld)(?:e|en|s|es)?$"
)
_OTHER_WRITING = re.compile(r"[\u30a0-\u30ff]{2,}|[A-Za-z][A-Za-z0-9+#.]*")
_CJK_TITLED = re.compile(
    r"([\u3005\u4e00-\u9fff]{1,4}?)(?:さん|ちゃん|くん|君|教授|課長|部長|先生|店長|社長|市|県|町|村|区|駅|大学|病院|高校|株式会社)"
)
_CJK_QUOTED = re.compile(r"「([^」]{2,20})」")
_KATAKANA = re.compile(r"[\u30a0-\u30ff]+")
_ALIKE = 80
_SHORTEST_STEM = 4
_COMMON_BEGINNING = 5
_COMMON_SHARE = 0.6
_FREQUENT = 4


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
    without capitals by katakana, Latin letters, quotation marks and titles. A part of a name stands for all of it.
    """
    if is_unspaced(before) or is_unspaced(after):
        return _name_changed_unspaced(before, after)
    old, new = _missing(before, after, spelling, language), _missing(after, before, spelling, language)
    for gone in old:
        for came in new:
            if gone.is_whole == came.is_whole and (gone.is_whole or gone.kept & came.kept):
                return " ".join(gone.missing), " ".join(came.missing)
    return None


@dataclass(frozen=True, slots=True)
class _Missing:
    """Words of one name that the other statement lacks, and those that it has."""

    missing: tuple[str, ...]
    kept: frozenset[str]

    @property
    def is_whole(self) -> bool:
        return not self.kept


def _missing(text: str, other: str, spelling: Spelling, language: str) -> list[_Missing]:
    there = {part for word in _WORD.findall(wording(other).plain) for part in re.split(r"[-.&']", _bare(word)) if part}
    there |= {_bare(word) for word in _WORD.findall(wording(other).plain)}
    found = []
    for name in _names(wording(text).plain, spelling, language):
        missing = tuple(word for word in name if not _is_there(word, there, language))
        if missing and not any(word in spelling.frequent for word in missing):
            found.append(_Missing(missing, frozenset(name) - frozenset(missing)))
    return found


def _names(plain: str, spelling: Spelling, language: str) -> list[list[str]]:
    """Return the names of a statement, words that stand together as one."""
    names: list[list[str]] = []
    end_of_name: int | None = None
    for word in _WORD.finditer(plain):
        folded = _bare(word[0])
        is_next = end_of_name is not None and _LINKS.fullmatch(plain[end_of_name : word.start()]) is not None
        if not _is_capital(word[0], folded):
            end_of_name = end_of_name if folded in TITLES else None
            continue
        if is_next:
            names[-1].append(folded)
        elif _is_name(plain[: word.start()], word[0], folded, spelling, language):
            names.append([folded])
        else:
            end_of_name = None
            continue
        end_of_name = word.end()
    return names


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
    if language != "de":
        return True
    return _PREPOSITION.search(fold(lead)) is not None and _NOUN_ENDING.search(folded) is None


def _is_there(word: str, there: set[str], language: str) -> bool:
    return word in there or any(_are_alike(word, other, language) for other in there if len(other) >= _SHORTEST_STEM)


def _are_alike(word: str, other: str, language: str) -> bool:
    """Tell whether two words are forms of one: inflected, compounded, abbreviated."""
    if len(word) < _SHORTEST_STEM:
        return False
    if word in other or other in word or fuzz.ratio(word, other) >= _ALIKE:
        return True
    common = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    if language == "de" and (common >= _SHORTEST_STEM or word[-_COMMON_BEGINNING:] == other[-_COMMON_BEGINNING:]):
        return True
    return common >= _COMMON_BEGINNING and common >= _COMMON_SHARE * max(len(word), len(other))


def _bare(word: str) -> str:
    return fold(word).removesuffix("'s")


def _name_changed_unspaced(before: str, after: str) -> tuple[str, str] | None:
    old, new = wording(before).plain, wording(after).plain
    gone = [name for name in _unspaced_names(old) if name not in new]
    came = [name for name in _unspaced_names(new) if name not in old]
    for former in gone:
        for latter in came:
            if _script(former) == _script(latter):
                return former, latter
    return None


def _unspaced_names(plain: str) -> list[str]:
    return [*_OTHER_WRITING.findall(plain), *_CJK_TITLED.findall(plain), *_CJK_QUOTED.findall(plain)]


def _script(name: str) -> str:
    if _KATAKANA.fullmatch(name):
        return "katakana"
    return "latin" if name.isascii() else "other"
