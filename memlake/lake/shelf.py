"""A few short texts, such as titles and memories, that can be searched as messages are, without an index on disk."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import islice, takewhile

import polars as pl

from memlake.lake.analysis import same_stem, stem_beginning, tokens
from memlake.lake.fulltext_asking import Forms


class Shelf:
    """Texts by their places in a sequence, and the words that each says."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.words: list[list[str]] = tokens(pl.Series("text", texts, dtype=pl.String)).to_list()
        self._places: dict[str, set[int]] = {}
        for place, words in enumerate(self.words):
            for word in words:
                self._places.setdefault(word, set()).add(place)
        self._vocabulary = sorted(self._places)

    def having(self, needed: Sequence[Forms]) -> list[int]:
        """Return the places of the texts with all words that are needed, in their order."""
        if not needed:
            return list(range(len(self.words)))
        return sorted(set.intersection(*map(self._having_one, needed)))

    def words_beginning(self, beginning: str) -> list[str]:
        """Return the words that begin so."""
        first = bisect_left(self._vocabulary, beginning)
        return list(takewhile(lambda word: word.startswith(beginning), islice(self._vocabulary, first, None)))

    def variants(self, word: str, stem: Callable[[str], str]) -> list[str]:
        """Return the words that have a word's stem, as `MessageIndex.variants` does."""
        beginning = stem_beginning(word, stem)
        return list(same_stem(word, self.words_beginning(beginning), stem)) if beginning else []

    def _having_one(self, forms: Forms) -> set[int]:
        likely = (
            self._vocabulary if forms.character else self.words_beginning(forms.beginning) if forms.beginning else ()
        )
        words = {*forms.weights, *filter(forms.accepts, likely)}
        return set[int]().union(*(self._places.get(word, ()) for word in words))
