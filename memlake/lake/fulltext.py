"""The search index of a lake: which messages say some words, the best first.

A cache in the folder `search/`: made and caught up by who opens it, made anew when it is damaged or of another
version. It holds words as they are written; other forms of a word are found by `MessageIndex.variants`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO, Literal, Self

import polars as pl
import tantivy
from filelock import FileLock, Timeout

from memlake.errors import LakeUnavailableError
from memlake.lake.connection import Database
from memlake.lake.fulltext_build import (
    ACCOUNT,
    CONVERSATION,
    MESSAGE,
    SIDES,
    WORDS,
    WORDS_OPTION,
    Report,
    catch_up,
    index_schema,
)
from memlake.lake.fulltext_catalog import CONVERSATIONS_FILE, MESSAGES_FILE, Catalog, Places, read_table
from memlake.lake.fulltext_errors import explained_reading, explained_writing, is_damage, is_of_the_disk
from memlake.lake.fulltext_stamp import Stamp, database_state
from memlake.lake.layout import FILE_MODE, FOLDER_MODE, Layout
from memlake.lake.reader import open_lake

Speaker = Literal["user", "other"]

_WAIT_SECONDS = 600.0
_SHORTEST_PREFIX = 2
_POLL_SECONDS = 0.1
_SCORE_DIGITS = 3  # the last bits of a score depend on the order in which messages were indexed
_MOST_EQUAL = 8_192


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
        return self._oldest_first(self._hits(query, speaker, limit))[:limit]

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
        wanted = pl.DataFrame({MESSAGE: pl.Series(numbers, dtype=pl.Int64)})
        conversations = self.conversations.select(CONVERSATION, "account_key", "conversation_id")
        found = wanted.join(self._messages, on=MESSAGE, maintain_order="left")
        return found.join(conversations, on=CONVERSATION, maintain_order="left")

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

    def _hits(self, query: tantivy.Query, speaker: Speaker, limit: int) -> list[tuple[int, float]]:
        """Return the best messages, and all that are as good as the last of them."""
        asked = limit + 1
        with explained_reading(self._folder):
            searcher = self._searchers[speaker]
            while True:
                hits = searcher.search(query, asked, count=False).hits
                scores = [round(float(score), _SCORE_DIGITS) for score, _ in hits]
                if len(hits) < asked or scores[-1] < scores[limit - 1] or asked > _MOST_EQUAL:
                    break
                asked *= 4
            numbers = searcher.fast_field_values(MESSAGE, [address for _, address in hits])
        return [(int(number or 0), score) for number, score in zip(numbers, scores, strict=True)]

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
        return [
            tantivy.Query.boost_query(
                tantivy.Query.term_query(self._schema, WORDS, word, index_option=WORDS_OPTION),
                weight / _rarity(count, total),
            )
            for word, count in frequencies.items()
        ]

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
        wanted = stem(word)
        prefix = _common_beginning(word, wanted)
        if len(prefix) < _SHORTEST_PREFIX:
            return [word] if self.document_frequency(word) else []
        with explained_reading(self._folder):
            found = {term for side in SIDES for term, _ in self._searchers[side].terms_with_prefix(WORDS, prefix)}
        return sorted(term for term in found if term == word or stem(term) == wanted)


def open_caught_up(layout: Layout, *, report: Report | None = None) -> MessageIndex:
    """Return the index of a lake, caught up with it; the first call makes it, which takes a while.

    Other processes that catch it up meanwhile are waited for. Raises `LakeError` if there is no lake, or if the
    folder `search/` is not up to date and cannot be written.
    """
    folder = layout.folder / "search"
    index = _open_current(folder, database_state(layout))
    if index is not None:
        return index
    open_lake(layout).close()  # whatever is wrong with the lake is said before anything is written
    with explained_writing(folder):
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        with _only_one(folder):
            state = database_state(layout)
            index = _open_current(folder, state)
            if index is not None:
                return index
            with open_lake(layout) as database:
                return MessageIndex(folder, _bring_up_to_date(folder, database, state, report or _to_nobody))


def _open_current(folder: Path, state: str) -> MessageIndex | None:
    """Return the index if it is whole and tells of the database as it is; asks the database nothing."""
    stamp = Stamp.read(folder)
    if stamp is None or not state or stamp.database != state:
        return None
    try:
        return MessageIndex(folder, stamp)
    except BaseException as error:
        if is_damage(error):
            return None
        raise


def _bring_up_to_date(folder: Path, database: Database, state: str, report: Report) -> Stamp:
    """Catch up with the lake; start from nothing if what is there cannot be read."""
    former = Stamp.read(folder)
    if former is not None and former.database != state:
        try:
            return catch_up(folder, database, state=state, former=former, report=report)
        except BaseException as error:
            if not is_damage(error) or is_of_the_disk(error):
                raise
    return catch_up(folder, database, state=state, former=None, report=report)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / "lock", mode=FILE_MODE)
    try:
        lock.acquire(timeout=_WAIT_SECONDS, poll_interval=_POLL_SECONDS)
    except Timeout:
        raise LakeUnavailableError(
            f"the search index in {folder} is being made by another memlake", hint="let it finish, then try again"
        ) from None
    try:
        yield
    finally:
        lock.release()


def _open_searcher(place: Path) -> tantivy.Searcher:
    return tantivy.Index(index_schema(), path=str(place), reuse=True).searcher()


def _common_beginning(word: str, other: str) -> str:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False))
    return "".join(character for character, _ in pairs)


def _rarity(document_frequency: int, message_count: int) -> float:
    """Return BM25's weight of a word that so many messages say, as tantivy computes it.

    Deleted messages may still count in the frequency, though not in the number of all.
    """
    document_frequency = min(document_frequency, message_count)
    return math.log1p((message_count - document_frequency + 0.5) / (document_frequency + 0.5))


def _to_nobody(_done_bytes: int, _total_bytes: int) -> None:
    """Keep silent."""
