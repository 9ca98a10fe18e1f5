"""What of a memory the words lack that say it now: names, numbers, days, or a good part of all that it tells."""

from __future__ import annotations

import re
from collections.abc import Iterable

from memlake.history.prose.facts import Context
from memlake.history.prose.folding import fold, is_unspaced
from memlake.history.prose.names import names_lost
from memlake.history.prose.numbers import counts_lost
from memlake.history.prose.overlap import kept_words, telling_words
from memlake.history.prose.wordings import wording

_MOST_LOST = 0.4
_WORD = re.compile(r"[^\W_]+")
_FEWEST_LOST = 2
_FEWEST_SIGNS_LOST = 3


def lacking(sentence: str, texts: Iterable[str], beside: Iterable[str], context: Context) -> tuple[str, ...]:
    """Return what of a sentence is in none of the texts that say it, in its order; nothing if it is only reworded.

    Where other words came for those that went, it may be the same in other words, unless they are of the memories
    `beside` it in these texts. A name, a number or a date that went and none came for is lost however much stayed.
    """
    now, language = " ".join(texts), context.language
    lost = {
        *names_lost(sentence, now, spelling=context.spelling, language=language),
        *counts_lost(sentence, now, language=language),
    }
    words = telling_words(wording(sentence).folded, language)
    gone = _without(words, now, language)
    came = _without(telling_words(wording(now).folded, language), " ".join([sentence, *beside]), language)
    fewest = _FEWEST_SIGNS_LOST if is_unspaced(sentence) else _FEWEST_LOST
    if len(gone) - len(came) >= max(fewest, _MOST_LOST * len(words)):
        lost.update(gone)
    return tuple(_spelt(sentence, lost))


def _without(words: list[str], text: str, language: str) -> list[str]:
    """Return which words do not stand in a text."""
    kept = set(kept_words(words, wording(text).folded, language))
    return [word for word in words if word not in kept]


def _spelt(text: str, lost: set[str]) -> list[str]:
    """Return what is lost as the text writes it, in its order, each once; signs without spaces between in one."""
    plain = wording(text).plain
    if is_unspaced(plain):
        return (
            re.findall(f"(?:{'|'.join(map(re.escape, sorted(lost, key=len, reverse=True)))})+", plain) if lost else []
        )
    parts = {fold(part) for one in lost for part in _WORD.findall(one)}
    return list(dict.fromkeys(word for word in _WORD.findall(plain) if fold(word) in parts))
