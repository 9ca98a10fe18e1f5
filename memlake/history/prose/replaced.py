"""Whether nothing but one noun of a statement was replaced, and the rest stands as it stood, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from memlake.history.prose.folding import common_beginning, fold, has_no_capitals
from memlake.history.prose.overlap import content_words, kept_share, kept_words
from memlake.history.prose.vocabulary import BEFORE_VERBS, FUNCTION_WORDS, GERMAN, LEADS, PASSED
from memlake.history.prose.wordings import wording

_WORD = re.compile(r"[^\W_]+(?:[-.'\u2019+#][^\W_]+)*|[,;:.!?()]")
_SIGN = re.compile(r"\S")
_NOUN = re.compile(r"[\u30a0-\u30ff\u3400-\u9fff]{2,6}")
_MARK = re.compile(r"[,;:.!?()]")
_SHORTEST_HEAD = 4
_SHORTEST_ENDING = 3
_ENDINGS = sorted(ending for ending in GERMAN["endings"] if len(ending) >= _SHORTEST_ENDING)
_DERIVED = re.compile(rf"(?:{'|'.join(_ENDINGS)}|erei)(?:en)?$")
_COMPOUNDING = ("de", "nl")
_SHORTEST_SORT = 3
_KEPT_AROUND_A_COMPOUND = 0.5
_ARABIC_AND = "\u0648"  # it is written together with the next word
_LONGEST = 2
_FEWEST_KEPT = 2

_FEWEST_SIGNS_KEPT = 8


def word_replaced(before: str, after: str, *, language: str) -> tuple[str, str] | None:
    """Return the one noun that another took the place of; `None` where more changed, or what may be a synonym.

    A rewording changes the order or the verb too. A noun is told by an article or preposition before it and a small
    word or the end of a clause behind; in German by its capital, in Japanese by having no inflection.
    """
    old, new = wording(before).plain, wording(after).plain
    if has_no_capitals(old + new):
        return _signs_replaced(old, new)
    return (
        _replaced_in_place(old, new, language)
        or _replaced_object(old, new, language)
        or _replaced_part(old, new, language)
    )


def _replaced_in_place(old: str, new: str, language: str) -> tuple[str, str] | None:
    """Return the one noun that differs between two statements that are the same word by word."""
    words, others = _WORD.findall(old), _WORD.findall(new)
    start, end = _common(list(map(fold, words)), list(map(fold, others)))
    gone, came = words[start : len(words) - end], others[start : len(others) - end]
    kept = " ".join(words[:start] + words[len(words) - end :])
    if not (start and _is_noun(gone, language) and _is_noun(came, language)):
        return None
    if language != "de" and not _is_around(words, start, end, language):
        return None
    if len(set(content_words(fold(kept), language))) < _FEWEST_KEPT:
        return None
    return " ".join(gone), " ".join(came)


def _is_noun(words: Sequence[str], language: str) -> bool:
    """Tell whether words can be one noun, which in German has a capital."""
    if not 1 <= len(words) <= _LONGEST or any(_MARK.match(word) or word[0].isdigit() for word in words):
        return False
    is_content = len(content_words(fold(" ".join(words)), language)) == len(words)
    return is_content and (language != "de" or words[-1][0].isupper())


def _is_around(words: Sequence[str], start: int, end: int, language: str) -> bool:
    lead = fold(words[start - 1])
    follower = fold(words[len(words) - end]) if end else "."
    is_lead = lead in (FUNCTION_WORDS[language] | PASSED[language]) - BEFORE_VERBS or lead in LEADS
    is_end = _MARK.match(follower) is not None or (language == "ar" and follower.startswith(_ARABIC_AND))
    return is_lead and (is_end or follower in FUNCTION_WORDS[language] - PASSED[language])


def _common(some: Sequence[str], others: Sequence[str]) -> tuple[int, int]:
    """Return how many words two sequences begin with alike, and how many of the rest they end with alike."""
    shorter = min(len(some), len(others))
    start = next((place for place in range(shorter) if some[place] != others[place]), shorter)
    most = shorter - start
    return start, next((place for place in range(most) if some[-1 - place] != others[-1 - place]), most)


def _signs_replaced(old: str, new: str) -> tuple[str, str] | None:
    start, end = _common(_SIGN.findall(old), _SIGN.findall(new))
    old, new = re.sub(r"\s", "", old), re.sub(r"\s", "", new)
    gone, came = old[start : len(old) - end], new[start : len(new) - end]
    if start + end >= _FEWEST_SIGNS_KEPT and _NOUN.fullmatch(gone) and _NOUN.fullmatch(came):
        return gone, came
    return None


def _replaced_object(old: str, new: str, language: str) -> tuple[str, str] | None:
    """Return what differs behind the same verb, where all the other words are the same in another order."""
    gone, came, kept = _unlike(old, new, language)
    if not (len(gone) == len(came) == 1 and kept >= _FEWEST_KEPT):
        return None
    lead, other_lead = _verb_before(gone[0], old, language), _verb_before(came[0], new, language)
    return (_spelt(gone[0], old), _spelt(came[0], new)) if lead and lead == other_lead else None


def _verb_before(word: str, text: str, language: str) -> str | None:
    """Return the word before, if it may be a verb: in lower case or the first one, and no article before it."""
    words = _WORD.findall(text)
    place = next((number for number, one in enumerate(words) if fold(one) == word), 0)
    lead, before = words[place - 1] if place else "", fold(words[place - 2]) if place > 1 else ""
    is_verb = (lead.islower() or place == 1) and before not in PASSED[language]
    return fold(lead) if is_verb and content_words(fold(lead), language) else None


def _replaced_part(old: str, new: str, language: str) -> tuple[str, str] | None:
    """Return two German compounds of which only the first part differs: a course in sewing is none in pottery."""
    if language not in _COMPOUNDING:
        return None
    gone, came, _ = _unlike(old, new, language)
    nouns = {fold(word) for word in _WORD.findall(f"{old} {new}") if word[0].isupper()}
    pairs = [(one, other) for one in gone for other in came if {one, other} <= nouns and _is_other_sort(one, other)]
    is_alone = len(pairs) == 1
    if is_alone and kept_share(old, new, language, frozenset(pairs[0])) >= _KEPT_AROUND_A_COMPOUND:
        return _spelt(pairs[0][0], old), _spelt(pairs[0][1], new)
    return None


def _spelt(word: str, text: str) -> str:
    """Return a folded word as it stands in a text."""
    return next((one for one in _WORD.findall(text) if fold(one) == word), word)


def _is_other_sort(word: str, other: str) -> bool:
    end = common_beginning(word[::-1], other[::-1])
    head = word[len(word) - end :]
    is_whole = min(len(word), len(other)) - end < _SHORTEST_SORT
    return len(head) >= _SHORTEST_HEAD and not is_whole and not _DERIVED.search(head)


def _unlike(old: str, new: str, language: str) -> tuple[list[str], list[str], int]:
    """Return the content words of each statement that the other one lacks, and how many they share."""
    words, others = content_words(fold(old), language), content_words(fold(new), language)
    kept, kept_others = kept_words(words, fold(new), language), kept_words(others, fold(old), language)
    gone, came = ([one for one in some if one not in left] for some, left in ((words, kept), (others, kept_others)))
    return gone, came, len(set(kept))
