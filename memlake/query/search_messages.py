"""Searching what was said: the index gives messages with the words, the best first; what words do not tell is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import takewhile
from typing import NamedTuple

from memlake.lake import sqlfiles
from memlake.lake.analysis import words_of_each
from memlake.lake.connection import Database
from memlake.lake.fulltext import Hit, MessageIndex
from memlake.lake.fulltext_asking import Place
from memlake.query.search_needs import Need, fits
from memlake.query.search_rows import Found, SearchHit
from memlake.query.search_scope import Scope
from memlake.query.search_shelves import Shelves
from memlake.times import to_datetime

_FIRST_SHARE = 2
_GROWTH = 4
_READ_AT_ONCE = 1_000


class Spot(NamedTuple):
    """A message that may be a hit, without its text."""

    account_key: str
    conversation_id: str
    message_id: str
    position: int
    role: str | None
    said_at: datetime | None
    score: float


def find_messages(
    database: Database, index: MessageIndex, shelves: Shelves, needs: Sequence[Need], scope: Scope
) -> Found:
    """Return the best messages that say what is asked for, no more than the limit, and how many there are."""
    search = _Messages(database, index, needs, scope)
    spots, count, is_exact = search.found()
    return Found([(_hit(spot, shelves), text) for spot, text in spots], count, is_exact)


def count_messages(index: MessageIndex, need: Need, scope: Scope) -> int | None:
    """Return how many messages say one thing; `None` where only reading them tells, or none are looked at."""
    if not need.is_certain or "messages" not in scope.places:
        return None
    place = _place(index, scope)
    asked = (index.saying([need.groups], [], speaker=one, place=place, limit=1) for one in scope.speakers)
    return sum(count for _, count in asked)


class _Messages:
    """One search of the messages."""

    def __init__(self, database: Database, index: MessageIndex, needs: Sequence[Need], scope: Scope) -> None:
        self._database = database
        self._index = index
        self._needs = needs
        self._scope = scope
        self._required = [need.groups for need in needs if need.groups and not need.term.is_barred]
        self._barred = [need.groups for need in needs if need.is_certain and need.term.is_barred]
        self._place = _place(index, scope)

    def found(self) -> tuple[list[tuple[Spot, str]], int, bool]:
        """Return the best with their texts, the count, and whether that is exact."""
        if not self._required:
            return self._through(self._with_signs(), self._needs)
        unsure = [need for need in self._needs if not need.is_certain]
        if not unsure:
            hits, count = self._ranked(self._scope.limit)
            spots = self._spots(_first(hits, self._scope.limit))
            return self._with_texts(spots), count, True
        return self._through(self._in_batches(), unsure)

    def _through(
        self, batches: Iterable[list[Spot]], unsure: Sequence[Need]
    ) -> tuple[list[tuple[Spot, str]], int, bool]:
        """Read messages, the best first, until enough of them say what only their texts tell."""
        found: list[tuple[Spot, str]] = []
        for batch in batches:
            if len(found) >= self._scope.limit:
                return found, len(found), False
            found += self._fitting(batch, unsure)
        return found, len(found), True

    def _in_batches(self) -> Iterator[list[Spot]]:
        """Yield the messages with the words, the best first, each batch larger than the one before."""
        seen: set[int] = set()
        limit = _FIRST_SHARE * self._scope.limit
        while True:
            hits, count = self._ranked(limit)
            yield self._spots([hit for hit in hits if hit.message_number not in seen])
            seen.update(hit.message_number for hit in hits)
            if limit >= count:
                return
            limit *= _GROWTH

    def _ranked(self, limit: int) -> tuple[list[Hit], int]:
        """Return messages with the words, the best first, and how many there are."""
        asked = [
            self._index.saying(self._required, self._barred, speaker=speaker, place=self._place, limit=limit)
            for speaker in self._scope.speakers
        ]
        hits = [hit for some, _ in asked for hit in some]
        return sorted(hits, key=lambda hit: (-hit.score, -hit.second)), sum(count for _, count in asked)

    def _with_signs(self) -> Iterator[list[Spot]]:
        """Yield the messages with signs that the index does not know, the newest first."""
        signs = max((need.term.signs or "" for need in self._needs if not need.term.is_barred), key=len)
        rows = self._database.query(sqlfiles.report("search_signs"), {"signs": signs}).rows
        spots = [spot for spot in (Spot._make((*row, 1.0)) for row in rows) if self._is_inside(spot)]
        yield from (spots[begin : begin + _READ_AT_ONCE] for begin in range(0, len(spots), _READ_AT_ONCE))

    def _is_inside(self, spot: Spot) -> bool:
        return self._scope.role in (None, spot.role) and self._scope.holds(*spot[:2], spot.said_at)

    def _fitting(self, spots: Sequence[Spot], unsure: Sequence[Need]) -> Iterator[tuple[Spot, str]]:
        read = self._with_texts(spots)
        need_words = any(need.is_certain for need in unsure)
        words = words_of_each([text for _, text in read]) if need_words else [[] for _ in read]
        return (one for one, said in zip(read, words, strict=True) if fits(one[1], said, unsure))

    def _with_texts(self, spots: Sequence[Spot]) -> list[tuple[Spot, str]]:
        keys: dict[str, object] = {
            "account_keys": [spot.account_key for spot in spots],
            "conversation_ids": [spot.conversation_id for spot in spots],
            "message_ids": [spot.message_id for spot in spots],
            "positions": [spot.position for spot in spots],
        }
        texts = self._database.query(sqlfiles.report("search_texts"), keys).rows
        return [(spot, text) for spot, (text,) in zip(spots, texts, strict=True)]

    def _spots(self, hits: Sequence[Hit]) -> list[Spot]:
        rows = self._index.messages([hit.message_number for hit in hits]).select(
            "account_key", "conversation_id", "message_id", "position", "role", "said_at"
        )
        return [
            Spot._make((*known, None if second is None else to_datetime(round(second * 1_000_000)), hit.score))
            for hit, (*known, second) in zip(hits, rows.iter_rows(), strict=True)
        ]


def _place(index: MessageIndex, scope: Scope) -> Place:
    return index.place(
        account=scope.account_key, conversations=scope.conversations, since=scope.since, until=scope.until
    )


def _first(hits: Sequence[Hit], limit: int) -> Sequence[Hit]:
    """Return the best, and all that are as good and as new as the last of them."""
    if len(hits) <= limit:
        return hits
    last = hits[limit - 1]
    as_good = takewhile(lambda hit: (hit.score, hit.second) == (last.score, last.second), hits[limit:])
    return [*hits[:limit], *as_good]


def _hit(spot: Spot, shelves: Shelves) -> SearchHit:
    title = shelves.titles.get((spot.account_key, spot.conversation_id))
    return SearchHit(
        found_in="messages",
        score=spot.score,
        account_key=spot.account_key,
        conversation_id=spot.conversation_id,
        title=title and title.title,
        url=title and title.url,
        message_id=spot.message_id,
        role=spot.role,
        said_at=spot.said_at,
    )
