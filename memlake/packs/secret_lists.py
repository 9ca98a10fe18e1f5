"""Finds secrets that come as lists: codes that are used up one by one, and the words of a wallet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from memlake.packs.cues import Cue
from memlake.packs.values import Place, known

_REACH = 240
_ONCE = re.compile(
    r"(?<![A-Za-z0-9])(?:[a-z]{4,6}(?:-[a-z]{4,6}){1,5}|[A-Z]{3,6}(?:-[A-Z]{3,6}){1,5}"
    r"|[A-Za-z0-9]{3,10}(?:[- ](?=[A-Za-z]{0,9}\d)[A-Za-z0-9]{3,10}){0,9})(?![A-Za-z0-9])"
)
_RUN = re.compile(r"[^\W\d_]{2,20}(?:[ ,、・\u3000]{1,2}(?:\d{1,2}[.)]? ?)?[^\W\d_]{2,20}){10,59}")
_RUN_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_RUN_WORDS = 11


def codes_for_once(cue: Cue) -> Iterator[Place]:
    """Yield all codes behind the word for them."""
    for found in _ONCE.finditer(cue.text, cue.end, cue.end + _REACH):
        if "-" in found[0] or any(sign.isdigit() for sign in found[0]):
            yield found.span()


def phrases(cue: Cue) -> Iterator[Place]:
    """Yield a run of a dozen words or so that make no sentence, behind the word for it or before."""
    reach = 2 * _REACH
    for begin, end in ((cue.end, cue.end + reach), (max(0, cue.start - reach), cue.start)):
        for run in _RUN.finditer(cue.text, begin, end):
            yield from _runs(cue.plain, *run.span())


def _runs(plain: str, begin: int, end: int) -> Iterator[Place]:
    words: list[Place] = []
    for found in [*_RUN_WORD.finditer(plain, begin, end), None]:
        if found is not None and not known().signs["filler"].fullmatch(found[0]):
            words.append(found.span())
            continue
        if len(words) >= _FEWEST_RUN_WORDS:
            yield words[0][0], words[-1][1]
        words = []
