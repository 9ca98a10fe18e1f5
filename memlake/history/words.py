"""The words in which two texts differ."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_JOINERS = "\u200d\ufe0e\ufe0f"  # they make one sign of several
_LEAST_ALIKE = 0.4
_MOST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Span:
    """A run of a text: in both texts, only in the one before, or only in the one after."""

    kind: Literal["same", "gone", "new"]
    text: str


def word_differences(before: str, after: str) -> tuple[Span, ...]:
    """Return the spans that make up both texts: without `new` they are `before`, without `gone` they are `after`.

    Writing without spaces is compared sign by sign. Texts that have little in common, or are very long, differ as
    a whole.
    """
    if before == after:
        return _spans([(True, before, after)])
    old, new = _words(before), _words(after)
    if max(len(old), len(new)) > _MOST_WORDS:
        return _spans([(False, before, after)])
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _LEAST_ALIKE:
        return _spans([(False, before, after)])
    runs: list[tuple[bool, str, str]] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, came = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        is_same = tag == "equal"
        joins = len(runs) > 1 and not is_same and runs[-1][0] and runs[-1][1].isspace()
        if joins:  # a space between two changes is no common ground
            (_, old_gone, old_came), (_, space, _) = runs[-2:]
            runs[-2:] = [(False, f"{old_gone}{space}{gone}", f"{old_came}{space}{came}")]
        else:
            runs.append((is_same, gone, came))
    return _spans(runs)


def _spans(runs: list[tuple[bool, str, str]]) -> tuple[Span, ...]:
    spans = [
        span
        for is_same, gone, came in runs
        for span in ([Span("same", gone)] if is_same else [Span("gone", gone), Span("new", came)])
    ]
    return tuple(span for span in spans if span.text)


def _words(text: str) -> list[str]:
    """Return the words, runs of spaces and single signs that make up a text."""
    words: list[str] = []
    former = ""
    for sign in text:
        kind = _kind(sign)
        if words and (kind == "mark" or (kind == former and kind in ("letter", "space"))):
            words[-1] += sign
        else:
            words.append(sign)
        former = former if kind == "mark" and former else kind
    return words


def _kind(sign: str) -> str:
    if sign in _JOINERS or unicodedata.category(sign).startswith("M"):
        return "mark"
    if sign.isspace():
        return "space"
    if _UNSPACED.match(sign):
        return "sign"
    return "letter" if sign.isalnum() or sign == "_" else "sign"
