"""Searching what is short and not in the index: the titles of conversations, and memories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from memlake.lake import sqlfiles
from memlake.lake.connection import Database
from memlake.lake.fulltext_asking import Forms
from memlake.lake.shelf import Shelf
from memlake.query.search_needs import Need, fits
from memlake.query.search_rows import Found, SearchHit
from memlake.query.search_scope import Scope

_USUAL_LENGTH = 200  # words of a message
_FREQUENCY_LIMIT, _LENGTH_SHARE = 1.2, 0.75  # BM25's constants, as in the index


class Title(NamedTuple):
    """A conversation as a whole."""

    account_key: str
    conversation_id: str
    title: str | None
    url: str | None
    created_at: datetime | None


class Remembered(NamedTuple):
    """A memory."""

    account_key: str
    memory_id: str
    content: str
    state: str
    said_at: datetime | None
    project_id: str | None


class Shelves:
    """The titles and memories of a lake, read when they are first asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def titles(self) -> dict[tuple[str, str], Title]:
        """All conversations by account_key and conversation_id."""
        rows = map(Title._make, self._database.query(sqlfiles.report("search_titles")).rows)
        return {row[:2]: row for row in rows}

    @cached_property
    def memories(self) -> list[Remembered]:
        """All memories."""
        return [Remembered._make(row) for row in self._database.query(sqlfiles.report("search_memories")).rows]

    @cached_property
    def title_texts(self) -> list[tuple[Title, str]]:
        """The titles in the order of their shelf."""
        return [(row, row.title or "") for row in self.titles.values()]

    @cached_property
    def title_words(self) -> Shelf:
        """The words of the titles."""
        return Shelf([text for _, text in self.title_texts])

    @cached_property
    def memory_words(self) -> Shelf:
        """The words of the memories."""
        return Shelf([row.content for row in self.memories])

    def find_titles(self, needs: Sequence[Need], scope: Scope) -> Found:
        """Return the conversations whose titles say what is asked for."""
        hits = [
            (
                SearchHit(
                    found_in="titles",
                    score=score_of(self.title_words.words[place], needs),
                    account_key=row.account_key,
                    conversation_id=row.conversation_id,
                    title=row.title,
                    url=row.url,
                    said_at=row.created_at,
                ),
                text,
            )
            for place in self.title_words.having(needed_forms(needs))
            for row, text in [self.title_texts[place]]
            if scope.holds(row.account_key, row.conversation_id, row.created_at)
            and fits(text, self.title_words.words[place], needs)
        ]
        return Found(hits, len(hits))

    def find_memories(self, needs: Sequence[Need], scope: Scope) -> Found:
        """Return the memories that say what is asked for."""
        hits = [
            (
                SearchHit(
                    found_in="memories",
                    score=score_of(self.memory_words.words[place], needs),
                    account_key=row.account_key,
                    memory_id=row.memory_id,
                    state=row.state,
                    said_at=row.said_at,
                ),
                row.content,
            )
            for place in self.memory_words.having(needed_forms(needs))
            for row in [self.memories[place]]
            if scope.is_of(row.account_key, row.said_at)
            and (not scope.states or row.state in scope.states)
            and (scope.project_ids is None or row.project_id in scope.project_ids)
            and fits(row.content, self.memory_words.words[place], needs)
        ]
        return Found(hits, len(hits))


def needed_forms(needs: Sequence[Need]) -> list[Forms]:
    """Return the words that a text must have to say what is asked for."""
    return [forms for need in needs if not need.term.is_barred for forms in need.groups]


def score_of(words: Sequence[str], needs: Sequence[Need]) -> float:
    """Return what a text scores by BM25, as if it were a message that says each word once: short ones score high."""
    length = 1 - _LENGTH_SHARE + _LENGTH_SHARE * len(words) / _USUAL_LENGTH
    said = frozenset(words)
    weight = sum(
        max((value for word, value in forms.weights.items() if word in said), default=forms.open_weight)
        for forms in needed_forms(needs)
    )
    return round((weight or 1.0) * (_FREQUENCY_LIMIT + 1) / (_FREQUENCY_LIMIT * length + 1), 3)
