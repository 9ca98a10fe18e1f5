"""How the search index is asked for messages that say all of some things, and not others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import tantivy

from memlake.lake.fulltext_build import ACCOUNT, CONVERSATION, SAID_AT, SPOKEN, WORDS

WordQuery = Callable[[str, float], tantivy.Query]
"""Makes what finds one word, with the weight that the word shall have."""

_WORDS_OPTION = "freq"  # where in a message a word stands matters for phrases alone
_PAIR = 2
_SIGNS_OF_PATTERNS = frozenset(".+*?()|[]{}^$#&-~\\")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """The words of the index that count as one word of a query: some words, or all of a kind.

    `weights` are those of the words in BM25, where a word's own is its rarity. Beside them count those that begin with
    `beginning`, or that are one or two characters with `character` among them; these weigh `open_weight` together.
    """

    weights: Mapping[str, float]
    beginning: str | None = None
    character: str | None = None
    open_weight: float = 0.0

    @property
    def pattern(self) -> str | None:
        """The regular expression for the words that are not listed."""
        if self.beginning is not None:
            return f"{_quoted(self.beginning)}.*"
        if self.character is not None:
            one = _quoted(self.character)
            return f"({one}.?|.{one})"
        return None

    @property
    def spellings(self) -> Iterator[str]:
        """What a word holds that is one of them."""
        yield from self.weights
        yield from (one for one in (self.beginning, self.character) if one is not None)

    def accepts(self, word: str) -> bool:
        """Tell whether a word of the index is one of them."""
        return (
            word in self.weights
            or (self.beginning is not None and word.startswith(self.beginning))
            or (self.character is not None and self.character in word and len(word) <= _PAIR)
        )


Run = Sequence[Forms]
"""Words that stand one after the other, or one word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to look; `None` is everywhere. Seconds are since 1970, both ends included."""

    accounts: Sequence[int] | None = None
    conversations: Sequence[int] | None = None
    since: int | None = None
    until: int | None = None


def conjunction(
    schema: tantivy.Schema, required: Sequence[Run], barred: Sequence[Run], place: Place, *, weighed: WordQuery
) -> tantivy.Query:
    """Return what finds the messages that were said, in a place, with all that is required and nothing barred.

    How often words follow one another in a message is no matter for its score, only how often each is in it.
    """
    parts = [(tantivy.Occur.Must, _any_of(schema, forms, weighed)) for run in required for forms in run]
    silent = [*_inside(schema, place), *(_following(schema, run) for run in required if len(run) > 1)]
    parts += [(tantivy.Occur.Must, tantivy.Query.const_score_query(query, 0.0)) for query in silent]
    for run in barred:
        found = _following(schema, run) if len(run) > 1 else _any_of(schema, run[0], weighed)
        parts.append((tantivy.Occur.MustNot, found))
    parts.append((tantivy.Occur.MustNot, tantivy.Query.term_query(schema, SPOKEN, 0)))
    return tantivy.Query.boolean_query(parts)


def _following(schema: tantivy.Schema, run: Run) -> tantivy.Query:
    """Return what finds words that stand one after the other."""
    words = [list(forms.weights) for forms in run if forms.pattern is None]
    if len(words) == len(run) and all(len(forms) == 1 for forms in words):
        return tantivy.Query.phrase_query(schema, WORDS, [word for (word,) in words])
    patterns: list[str | tuple[int, str]] = [
        forms.pattern or f"({'|'.join(map(_quoted, forms.weights))})" for forms in run
    ]
    return tantivy.Query.regex_phrase_query(schema, WORDS, patterns)


def _quoted(word: str) -> str:
    """Return the pattern that fits a word alone."""
    return "".join(f"\\{sign}" if sign in _SIGNS_OF_PATTERNS else sign for sign in word)


def _any_of(schema: tantivy.Schema, forms: Forms, weighed: WordQuery) -> tantivy.Query:
    queries = [weighed(word, weight) for word, weight in forms.weights.items()]
    if forms.pattern is not None:
        fitting = tantivy.Query.regex_query(schema, WORDS, forms.pattern)
        queries.append(tantivy.Query.const_score_query(fitting, forms.open_weight))
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _inside(schema: tantivy.Schema, place: Place) -> list[tantivy.Query]:
    queries = []
    for field, numbers in ((ACCOUNT, place.accounts), (CONVERSATION, place.conversations)):
        if numbers is not None:
            queries.append(tantivy.Query.term_set_query(schema, field, list(numbers)))
    if place.since is not None or place.until is not None:
        first = 0 if place.since is None else place.since
        queries.append(tantivy.Query.range_query(schema, SAID_AT, tantivy.FieldType.Integer, first, place.until))
    return queries


def word_query(schema: tantivy.Schema, word: str, boost: float) -> tantivy.Query:
    """Return what finds a word, its score multiplied."""
    found = tantivy.Query.term_query(schema, WORDS, word, index_option=_WORDS_OPTION)
    return tantivy.Query.boost_query(found, boost)
