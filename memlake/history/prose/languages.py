"""Which language a text is in, as far as words that deny need to be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from memlake.history.prose.folding import fold
from memlake.history.prose.vocabulary import FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_FALLBACK = "en"


def language_of(texts: Iterable[str]) -> str:
    """Return the language, of those with a vocabulary, whose function words are the most frequent in some texts."""
    words = [word for text in texts for word in _WORD.findall(fold(text))]
    counts = {language: sum(word in known for word in words) for language, known in FUNCTION_WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else _FALLBACK
