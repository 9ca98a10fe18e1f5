"""The search index of a lake: which messages say some words, the best first.

A cache in the folder `search/`: made and caught up by who opens it, made anew when it is damaged or of another
version. It holds words as they are written; other forms of a word are found by `MessageIndex.variants`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple, Self, get_args

import polars as pl
import tantivy

from memlake.lake.analysis import same_stem, stem_beginning
from memlake.lake.fulltext_asking import Place, Run, conjunction, word_query
from memlake.lake.fulltext_build import (
    ACCOUNT,
    CONVERSATION,
    MESSAGE,
    SAID_AT,
    SIDES,
    WORDS,
    index_schema,
)
from memlake.lake.fulltext_catalog import CONVERSATIONS_FILE, MESSAGES_FILE, Catalog, Places, read_table
from memlake.lake.fulltext_errors import explained_reading
from memlake.lake.fulltext_stamp import Stamp

Speaker = Literal["user", "other"]
SPEAKERS: tuple[Speaker, ...] = get_args(Speaker)

_NO_NUMBER = -1
_SCORE_DIGITS = 3  # the last bits of a score depend on the order in which messages were indexed
_MOST_EQUAL = 8_192


class Hit(NamedTuple):
    """A message by its number, what it scores, and the second since 1970 when it was said; -1: unknown."""

    message_number: int
    score: float
    second: int


class MessageIndex:
    """One open state of the index; later catch-ups do not change it."""

    def __init__(self, folder: Path, stamp: Stamp) -> None:
        self._folder = folder
        self._stamp = stamp
        place = stamp.folder(folder)
        self._schema = index_schema()
        self._searchers = {side: _open_searcher(place / side) for side in SIDES}
        self._files: dict[str, BinaryIO] = {
            name: (place / name).open("rb") for name in (CONVERSATIONS_FILE, MESSAGES_FILE)
        }
        self._variants: dict[tuple[str, Callable[[str], str]], list[str]] = {}
        self._frequencies: dict[tuple[str, str], int] = {}

    def close(self) -> None:
        """Close the files; safe to call twice."""
        for file in self._files.values():
            file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def message_count(self) -> int:
        """How many messages with a text there are."""
        return self._stamp.message_count

    def search(
        self,
        groups: Sequence[Sequence[str]],
        *,
        speaker: Speaker,
        account: str | None = None,
        conversations: Sequence[int] | None = None,
        limit: int,
    ) -> list[tuple[int, float]]:
        """Return the numbers of messages that say some of the words, with their BM25 score, the best first.

        Of equally good ones the oldest come first, and into the limit, in whatever order they were indexed. A group
        holds the forms of one word; each weighs as much as a word that is as frequent as all of them together.
        `account` is an account_key, `conversations` are conversation numbers; scores count over all accounts.
        """
        terms = [query for group in groups for query in self._form_queries(group, speaker)]
        if not terms or limit < 1:
            return []
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        if account is not None:
            number = self._account_numbers.get(account)
            if number is None:
                return []
            if len(self._account_numbers) > 1:
                query = self._only(query, ACCOUNT, [number])
        if conversations is not None:
            query = self._only(query, CONVERSATION, conversations)
        hits, _ = self._hits(query, speaker, limit, is_counted=False)
        return self._oldest_first([hit[:2] for hit in hits])[:limit]

    def saying(
        self, required: Sequence[Run], barred: Sequence[Run], *, speaker: Speaker, place: Place, limit: int
    ) -> tuple[list[Hit], int]:
        """Return messages that were said with all that is required and nothing barred, and how many there are.

        The best first, of equally good ones the newest; what is as good as the last of the limit may follow it.
        """
        total = self._searchers[speaker].num_docs

        def weighed(word: str, weight: float) -> tantivy.Query:
            return word_query(self._schema, word, weight / _rarity(self._frequency(word, speaker), total))

        query = conjunction(self._schema, required, barred, place, weighed=weighed)
        needed = [forms for run in required for forms in run]
        if not any(forms.weights for forms in needed):
            hits, count = self._newest(query, speaker, limit)
            score = round(sum(forms.open_weight for forms in needed), _SCORE_DIGITS)
            return [hit._replace(score=score) for hit in hits], count
        hits, count = self._hits(query, speaker, limit, is_counted=True)
        return sorted(hits, key=lambda hit: (-hit.score, -hit.second)), count

    def place(
        self,
        *,
        account: str | None,
        conversations: Collection[tuple[str, str]] | None,
        since: datetime | None,
        until: datetime | None,
    ) -> Place:
        """Return where to look: an account, conversations by account_key and id, whole seconds; `None`: no limit."""
        numbers = None
        if conversations is not None:
            known = self.conversations.select("account_key", "conversation_id", CONVERSATION).iter_rows()
            numbers = [number for *key, number in known if tuple(key) in conversations]
        return Place(
            accounts=None if account is None else [self._account_numbers.get(account, _NO_NUMBER)],
            conversations=numbers,
            since=None if since is None else int(since.timestamp()),
            until=None if until is None else int(until.timestamp()),
        )

    def words_beginning(self, beginning: str) -> dict[str, int]:
        """Return the words of the index that begin so, and how many messages say each."""
        found: dict[str, int] = {}
        with explained_reading(self._folder):
            for side in SIDES:
                for word, count in self._searchers[side].terms_with_prefix(WORDS, beginning):
                    found[word] = found.get(word, 0) + count
        return found

    def rarity(self, document_frequency: int) -> float:
        """Return BM25's weight of a word that so many messages say."""
        return _rarity(document_frequency, self.message_count)

    def variants(self, word: str, stem: Callable[[str], str]) -> list[str]:
        """Return the words of the index that have a word's stem, the word itself included if it is there.

        Finds those that begin like the stem, as far as the stem begins like the word.
        """
        key = (word, stem)
        if key not in self._variants:
            self._variants[key] = self._find_variants(word, stem)
        return self._variants[key]

    def document_frequency(self, word: str, *, speaker: Speaker | None = None) -> int:
        """Return how many messages say a word, of one speaker or of all."""
        return sum(self._frequency(word, side) for side in ((speaker,) if speaker else SIDES))

    def messages(self, numbers: Sequence[int]) -> pl.DataFrame:
        """Return what is known of some messages, in the order of the numbers; unknown numbers have no row.

        Columns: those of the catalogue's messages, account_key, conversation_id. The number before and after is the
        neighbour with a text, if the conversation_number is the same.
        """
        found = _rows_with(self._messages, MESSAGE, pl.Series(numbers, dtype=pl.Int64))
        owners = _rows_with(self.conversations, CONVERSATION, found[CONVERSATION])
        return found.with_columns(owners["account_key"], owners["conversation_id"])

    @cached_property
    def places(self) -> Places:
        """Where each message stands, by its number."""
        return Places(Catalog(self.conversations, self._messages))

    @cached_property
    def conversations(self) -> pl.DataFrame:
        """All conversations: conversation_number, account_number, account_key, conversation_id, fingerprint."""
        return self._read(CONVERSATIONS_FILE)

    @cached_property
    def _messages(self) -> pl.DataFrame:
        return self._read(MESSAGES_FILE)

    @cached_property
    def _account_numbers(self) -> dict[str, int]:
        return dict(self.conversations.select("account_key", ACCOUNT).unique().iter_rows())

    def _read(self, name: str) -> pl.DataFrame:
        with explained_reading(self._folder):
            return read_table(self._files[name])

    def _newest(self, query: tantivy.Query, speaker: Speaker, limit: int) -> tuple[list[Hit], int]:
        """Return the newest messages that a query finds, without scores, and how many it finds."""
        with explained_reading(self._folder):
            found: Any = self._searchers[speaker].search(query, limit, order_by_field=SAID_AT)
            return self._located(speaker, [(0.0, address) for _, address in found.hits]), found.count

    def _hits(self, query: tantivy.Query, speaker: Speaker, limit: int, *, is_counted: bool) -> tuple[list[Hit], int]:
        """Return the best messages, and all that are as good as the last of them; and how many there are at all.

        To count keeps tantivy from passing over what cannot be among the best.
        """
        asked = 4 * limit if is_counted else limit + 1  # more cost little, asking again as much as the first time
        with explained_reading(self._folder):
            while True:
                found: Any = self._searchers[speaker].search(query, asked, count=is_counted)
                hits = [(round(float(score), _SCORE_DIGITS), address) for score, address in found.hits]
                if len(hits) < asked or hits[-1][0] < hits[limit - 1][0] or asked > _MOST_EQUAL:
                    return self._located(speaker, hits), found.count or 0
                asked *= 4

    def _located(self, speaker: Speaker, hits: Sequence[tuple[float, tantivy.DocAddress]]) -> list[Hit]:
        """Return documents as the messages that they are."""
        addresses = [address for _, address in hits]
        numbers, seconds = (
            self._searchers[speaker].fast_field_values(field, addresses) for field in (MESSAGE, SAID_AT)
        )
        return [
            Hit(int(number or 0), score, int(second or 0))
            for (score, _), number, second in zip(hits, numbers, seconds, strict=True)
        ]

    def _oldest_first(self, hits: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """Return hits in the order of their scores, equally good ones by age and conversation_id."""
        if len({score for _, score in hits}) == len(hits):
            return hits
        return sorted(hits, key=lambda hit: (-hit[1], self.places[hit[0]].age))

    def _form_queries(self, words: Sequence[str], speaker: str) -> list[tantivy.Query]:
        """Return what finds each of the words, weighed down to the weight of all together."""
        frequencies = {word: count for word in words if (count := self._frequency(word, speaker))}
        total = self._searchers[speaker].num_docs
        weight = _rarity(min(total, sum(frequencies.values())), total)
        return [word_query(self._schema, word, weight / _rarity(count, total)) for word, count in frequencies.items()]

    def _only(self, query: tantivy.Query, field: str, numbers: Sequence[int]) -> tantivy.Query:
        """Return a query that finds the same with the same scores, but only where a field has one of some numbers."""
        owned = tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._schema, field, list(numbers)), 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, owned)])

    def _frequency(self, word: str, side: str) -> int:
        key = (word, side)
        if key not in self._frequencies:
            with explained_reading(self._folder):
                self._frequencies[key] = self._searchers[side].doc_freq(WORDS, word)
        return self._frequencies[key]

    def _find_variants(self, word: str, stem: Callable[[str], str]) -> list[str]:
        beginning = stem_beginning(word, stem)
        if beginning is None:
            return [word] if self.document_frequency(word) else []
        return sorted(same_stem(word, self.words_beginning(beginning), stem))


def _open_searcher(place: Path) -> tantivy.Searcher:
    return tantivy.Index(index_schema(), path=str(place), reuse=True).searcher()


def _rows_with(table: pl.DataFrame, column: str, numbers: pl.Series) -> pl.DataFrame:
    """Return the rows with some numbers, in their order, from a table that is sorted by them."""
    rows = pl.select(pl.lit(table[column]).search_sorted(numbers)).to_series()  # the method of a series asks for numpy
    is_there = rows < len(table)
    rows, numbers = rows.filter(is_there), numbers.filter(is_there)
    return table[rows.filter(table[column].gather(rows) == numbers)]


def _rarity(document_frequency: int, message_count: int) -> float:
    """Return BM25's weight of a word that so many messages say, as tantivy computes it.

    Deleted messages may still count in the frequency, though not in the number of all.
    """
    document_frequency = min(document_frequency, message_count)
    return math.log1p((message_count - document_frequency + 0.5) / (document_frequency + 0.5))
