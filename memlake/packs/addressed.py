"""Memories that were written to steer whoever reads them: they are carried as quoted data, and said."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from memlake.packs.lexicon import fold, packaged_toml
from memlake.packs.lines import one_line

_LONGEST_QUOTE = 60


def words_to_the_reader(text: str) -> str | None:
    """Return the words with which a memory speaks to the assistant that will read it; `None` if it does not."""
    folded = fold(unicodedata.normalize("NFKC", one_line(text)))
    found = _patterns().search(folded)
    return found[0].strip(" .!?")[:_LONGEST_QUOTE] if found else None


@cache
def _patterns() -> re.Pattern[str]:
    tables: dict[str, list[str]] = packaged_toml("addressed.toml")
    return re.compile("|".join(fold(pattern) for patterns in tables.values() for pattern in patterns))
