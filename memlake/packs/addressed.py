"""Memories that were written to steer whoever reads them: they are carried as quoted data, and said."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

from memlake.packs.lexicon import fold
from memlake.packs.lines import one_line

_LONGEST_QUOTE = 60


def words_to_the_reader(text: str) -> str | None:
    """Return the words with which a memory speaks to the assistant that will read it; `None` if it does not."""
    folded = fold(unicodedata.normalize("NFKC", one_line(text)))
    found = _patterns().search(folded)
    return found[0].strip(" .!?")[:_LONGEST_QUOTE] if found else None


@cache
def _patterns() -> re.Pattern[str]:
    table: dict[str, list[str]] = tomllib.loads(
        files(__package__).joinpath("addressed.toml").read_text(encoding="utf-8")
    )
    return re.compile("|".join(fold(pattern) for patterns in table.values() for pattern in patterns))
