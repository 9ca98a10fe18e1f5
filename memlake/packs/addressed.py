"""Memories that were written to steer whoever reads them: they are carried as quoted data, and said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from memlake.packs.lexicon import fold, packaged_toml
from memlake.packs.lines import one_line

_LONGEST_QUOTE = 60
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_SIGNS_APART = re.compile(rf"(?<=[{_SIGNS}]) (?=[{_SIGNS}])")
_LETTERS_APART = re.compile(r"(?<!\w)[^\W\d_](?:[ .*_-]{1,2}[^\W\d_]){3,}(?!\w)")
_BETWEEN = re.compile(r"[ .*_-]")


class _Patterns(NamedTuple):
    """What is looked for in a text, in letters that each stood alone in it, and where one of its lines begins."""

    text: re.Pattern[str]
    spaced: re.Pattern[str]
    turn: re.Pattern[str]


def words_to_the_reader(text: str) -> str | None:
    """Return the words with which a memory speaks to the assistant that will read it; `None` if it does not.

    Letters that stand apart are read as the words that they make.
    """
    folded = _folded(text)
    joined = _LETTERS_APART.sub(lambda found: _BETWEEN.sub("", found[0]), _SIGNS_APART.sub("", folded))
    patterns = _patterns()
    found = patterns.text.search(joined)
    if found is None and joined != folded:
        found = patterns.spaced.search(joined)
    return found[0].strip(" .!?")[:_LONGEST_QUOTE] if found else None


def turn_of_another(text: str) -> str | None:
    """Return the words with which a line of a text begins as the turn of somebody else in a chat does, if one does."""
    turns = (_patterns().turn.match(_folded(line)) for line in text.splitlines())
    return next((found[0].strip() for found in turns if found), None)


def _folded(text: str) -> str:
    return fold(unicodedata.normalize("NFKC", one_line(text)))


@cache
def _patterns() -> _Patterns:
    tables = packaged_toml("addressed.toml")
    words: dict[str, str] = tables["words"]
    spaced: list[str] = tables["spaced"]
    lists = [table for name, table in tables.items() if name not in ("words", "spaced")]
    return _Patterns(
        text=_one_of([pattern for table in lists for pattern in table], words),
        spaced=_one_of(spaced, words),
        turn=_one_of(tables["turns"], words),
    )


def _one_of(patterns: Sequence[str], words: dict[str, str]) -> re.Pattern[str]:
    whole = "|".join(patterns)
    for name, word in words.items():
        whole = whole.replace(f"<{name}>", word)
    return re.compile(fold(whole))
