"""Whether a statement says yes where it said no before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from memlake.history.prose.decisions import leaves_open
from memlake.history.prose.folding import has_no_capitals, is_unspaced, original
from memlake.history.prose.overlap import content_words, kept_share, kept_words
from memlake.history.prose.vocabulary import (
    AGAIN,
    CEASED,
    LACKING,
    LIMITED,
    NO_DENIALS,
    OPPOSED,
    RESUMED,
    denials,
    doubts,
)
from memlake.history.prose.wordings import Weights, wording

_KEPT = 0.75
_KEPT_WITHOUT_DOUBT = 0.65
_KEPT_AT_A_RETURN = 0.3
_KEPT_AT_A_TURN = 0.5
_KEPT_AMONG_DENIALS = 0.9
_CLEARLY_ALIKE = 0.72
_LONGEST_SIDE = 40
_AROUND = (
    re.compile(r"(?:(?:noch|ainda|aun|todavia|nog|has|have|had|is|was|ist|war)\s)?$"),
    re.compile(r"\s(?:yet|mehr|mais|meer|plus|piu|encore|longer)\b"),
)
_PREDICATE = re.compile(r"([\u4e00-\u9fff])[^\u4e00-\u9fff\u3001\u3002]{0,5}?(?:ない|なかっ|ません|ずに)")
_VERB_ANYWHERE = ("de", "nl")
_NO_ENDING = "をはがのにでともや、。"


def denial_changed(before: str, after: str, *, language: str, weights: Weights) -> str | None:
    """Return in a few words what one of two wordings denies and the other asserts, or what is wanted instead.

    An even number of denials is none. A denial is no change where the rest is not the same: then it may be the other
    statement in other words ("does not work", "is broken"); nearly all has to stay where a word like "avoids" can stand
    for the denial, less where a word tells of a turn ("no longer", "now").
    """
    if preferred := _preferred(before, after):
        return f"preferred: {preferred[0]} → {preferred[1]}"
    if _denies(before, language) == _denies(after, language):
        return _ended(before, after, language) or _began_again(before, after, language)
    if CEASED.search(_folded(before)) and CEASED.search(_folded(after)):
        return None
    if leaves_open(before) and leaves_open(after):
        return None
    denying, asserting = (before, after) if _denies(before, language) else (after, before)
    if not _is_same_otherwise(denying, asserting, language, weights):
        return None
    return _told(denying, language, is_new=denying is after)


def _ended(before: str, after: str, language: str) -> str | None:
    """Return what ended, where the one statement only limits what the other says is over."""
    ended = [text for text in (before, after) if CEASED.search(_folded(text))]
    if len(ended) != 1:
        return None
    other = before if ended[0] is after else after
    is_only_limited = _count(denials, other, language) > _count(denials, other, language, but=LIMITED) == 0
    is_turned = _count(denials, other, language) > 0 and _is_resumed(ended[0]) and not _is_resumed(other)
    if not (is_only_limited or is_turned) or kept_share(before, after, language) < _KEPT_AT_A_TURN:
        return None
    return _told(ended[0], language, is_new=ended[0] is after)


def _began_again(before: str, after: str, language: str) -> str | None:
    """Return what is so again, where the other statement says in other words than a denial that it is not."""
    again = [AGAIN.search(_folded(text)) for text in (before, after)]
    found = again[0] or again[1]
    if found is None or (again[0] and again[1]):
        return None
    text, other = (before, after) if again[0] else (after, before)
    is_prevented = _count(doubts, other, language) > 0
    if not is_prevented or kept_share(before, after, language) < _KEPT_AT_A_RETURN:
        return None
    return f'{"so again" if text is after else "no longer so again"}: "{original(wording(text).plain, *found.span())}"'


def _is_resumed(text: str) -> bool:
    return RESUMED.search(_folded(text)) is not None


def _is_same_otherwise(denying: str, asserting: str, language: str, weights: Weights) -> bool:
    kept = kept_share(denying, asserting, language)
    is_doubted = _count(doubts, asserting, language) > 0
    is_denied_twice = LACKING.search(_folded(denying)) is not None
    if CEASED.search(_folded(denying)) and not is_denied_twice:
        return kept >= (_KEPT if is_doubted else _KEPT_AT_A_TURN)
    if is_doubted or is_denied_twice:
        return weights.likeness(wording(denying), wording(asserting)) >= _CLEARLY_ALIKE and kept >= _KEPT
    if _count(denials, asserting, language):
        return kept >= _KEPT_AMONG_DENIALS
    if _is_resumed(asserting):
        return kept >= _KEPT_AT_A_TURN
    return kept >= _KEPT_WITHOUT_DOUBT and _has_predicate(denying, asserting, language)


def _has_predicate(denying: str, asserting: str, language: str) -> bool:
    """Tell whether what is denied is asserted in the other statement: the word behind, in Japanese the verb before.

    In German and Dutch the verb may stand anywhere.
    """
    folded, other = _folded(denying), _folded(asserting)
    if has_no_capitals(folded):
        verbs = _PREDICATE.findall(folded)
        return not verbs or any(re.search(f"{verb}[^{_NO_ENDING}]", other) for verb in verbs)
    if language in _VERB_ANYWHERE:
        return True
    behind = folded[next(_found(denials, folded, language)).start() :]
    words = content_words(behind, language)
    if kept_words(words[:1], other, language):
        return True
    return bool(kept_words(words[1:2], other, language)) and _kept_of(denying, other, language) >= _KEPT_WITHOUT_DOUBT


def _kept_of(denying: str, other: str, language: str) -> float:
    """Return the share of the words of what denies that the other has, even if the other is the shorter one."""
    words = content_words(_folded(denying), language)
    return len(kept_words(words, other, language)) / len(words)


def _told(text: str, language: str, *, is_new: bool) -> str:
    folded = _folded(text)
    found = [CEASED.search(folded), next(_found(denials, folded, language), None)]
    start, end = min((one.span() for one in found if one), key=lambda span: (span[0], -span[1]))
    lead, follower = _AROUND[0].search(folded[:start]), _AROUND[1].match(folded[end:])
    start, end = lead.start() if lead else start, end + (follower.end() if follower else 0)
    words = original(wording(text).plain, start, end)
    return f'{"denied now" if is_new else "no longer denied"}: "{words}"'


def _denies(text: str, language: str) -> bool:
    return _count(denials, text, language) % 2 == 1


def _count(
    words: Callable[[str | None], re.Pattern[str]], text: str, language: str, but: re.Pattern[str] | None = None
) -> int:
    folded = _folded(text)
    bare = _blanked(but, folded) if but else folded
    return sum(1 for _ in _found(words, bare, language))


def _found(words: Callable[[str | None], re.Pattern[str]], folded: str, language: str) -> Iterator[re.Match[str]]:
    return words(None if has_no_capitals(folded) else language).finditer(_blanked(NO_DENIALS, folded))


def _blanked(pattern: re.Pattern[str], folded: str) -> str:
    """Blank out what is found, so that everything else stays in its place."""
    return pattern.sub(lambda found: " " * len(found[0]), folded)


def _folded(text: str) -> str:
    return wording(text).folded


def _preferred(before: str, after: str) -> tuple[str, str] | None:
    """Return what was wanted and what is, where that stood on the other side of "instead of"."""
    old, new = _sides(before), _sides(after)
    if old is None or new is None or not (_meet(old[0], new[1]) and _meet(new[0], old[1])):
        return None
    return old[0], new[0]


def _meet(wanted: str, unwanted: str) -> bool:
    """Tell whether two sides are one; in writing without spaces the second goes on to the end of the sentence."""
    return wanted == unwanted or (is_unspaced(wanted) and unwanted.startswith(wanted))


def _sides(text: str) -> tuple[str, str] | None:
    folded = _folded(text).rstrip(".!。 ")
    found = OPPOSED.search(folded)
    if found is None:
        return None
    return _last_word(folded[: found.start()]), _last_word(folded[found.end() :])


def _last_word(text: str) -> str:
    words = re.findall(r"\w+", text[-_LONGEST_SIDE:])
    return words[-1] if words else ""
