"""What an answer says of itself, in words: that there is more to come, and whether a list may stand in it."""

from __future__ import annotations

import re

from memlake.history.prose.folding import is_unspaced
from memlake.history.prose.languages import language_of

_ITEM = re.compile(r"^\s*(?:[-*•·+|]|\d{1,3}[.)]|\[|\{)\s*\S", re.MULTILINE)
_FEWEST_LINES = 3
_MORE = (
    r"\b(?:list|it|this)(?: above)? (?:is not|isn\W?t) (?:yet )?complete\b|\bincomplete list\b",
    r"\b(?:write|say|type|reply) \W?continue\b",
    r"\bnicht (?:ganz |noch )?vollständig\b|\bunvollständig\b|\bschreib\w* \W?(?:weiter|continue|fortfahren)\b",
    r"\bno está complet[ao]\b|\bincomplet[ao]\b|\bescrib\w+ \W?(?:continúa|continuar|continue)\b",
    r"完全ではありません|完了していません|続きがあります|「(?:続け|続き|continue)[^」]{0,6}」と(?:入力|書|送)",
)
_GOES_ON = re.compile("|".join(_MORE), re.IGNORECASE)


def goes_on(text: str) -> bool:
    """Tell whether an answer says, outside of its list, that it is a part and the rest is to be asked for."""
    return any(_GOES_ON.search(line) and not _ITEM.match(line) for line in text.splitlines())


def may_hold_a_list(text: str) -> bool:
    """Tell whether anything stands in a text as in a list; a few lines without marks are none."""
    return _ITEM.search(text) is not None or sum(map(bool, map(str.strip, text.splitlines()))) >= _FEWEST_LINES


def is_in_another_language(texts: list[str], others: list[str]) -> bool:
    """Tell whether what an answer says is in another language than what was packed."""
    if not (texts and others):
        return False
    packed, said = " ".join(texts), " ".join(others)
    return is_unspaced(packed) != is_unspaced(said) or language_of([packed]) != language_of([said])
