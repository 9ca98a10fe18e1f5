"""Which language a text is in, as far as words that deny need to be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from memlake.history.prose.folding import fold
from memlake.history.prose.vocabulary import CONTENTLESS, EVERYDAY, FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_FALLBACK = "en"


def statement_language(texts: Iterable[str], *, otherwise: str) -> str:
    """Return the language of a few words, which have to tell more of it than of the one that is likely otherwise."""
    words = [word for text in texts for word in _WORD.findall(fold(text))]
    counts = {
        language: sum(word in known or word in EVERYDAY[language] for word in words)
        for language, known in CONTENTLESS.items()
    }
    best = max(counts.values())
    tied = [language for language, count in counts.items() if count == best]
    return tied[0] if len(tied) == 1 and best > counts[otherwise] else otherwise


def language_of(texts: Iterable[str]) -> str:
    """Return the language, of those with a vocabulary, whose function words are the most frequent in some texts."""
    words = [word for text in texts for word in _WORD.findall(fold(text))]
    counts = {language: sum(word in known for word in words) for language, known in FUNCTION_WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else _FALLBACK
