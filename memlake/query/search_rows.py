"""What a search answers: the hits, how many there are of each kind, and what the lake has of each word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from memlake.query.search_scope import SearchPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One text that says what was asked for.

    `said_at`: when a message was said, a conversation began, a memory was saved. `matches` tells where in the quote
    the words stand that were asked for, as [begin, end) in characters.
    """

    found_in: SearchPlace
    score: float
    account_key: str
    conversation_id: str | None = None
    title: str | None = None
    url: str | None = None
    message_id: str | None = None
    memory_id: str | None = None
    role: str | None = None
    state: str | None = None
    said_at: datetime | None
    quote: str = ""
    matches: tuple[tuple[int, int], ...] = ()
    is_cut_before: bool = False
    is_cut_after: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCount:
    """How many texts of a place say what was asked for; not exact: at least so many, since not all were read."""

    found_in: SearchPlace
    count: int
    is_exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTerm:
    """One thing that was asked for, as it was typed, and how many messages say it, of those that are looked at.

    `None`: only reading all texts would tell, or no messages are looked at. `similar` are words that are there, for
    one that is in no message of the lake.
    """

    typed: str
    message_count: int | None
    similar: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """The best hits, the best first; `counts` tells of all places that were searched.

    Where nothing was found, `terms` tells what there is of each thing that was asked for, and `counts_without_limits`
    what all of it together would find if only the places were given.
    """

    query: str
    hits: tuple[SearchHit, ...]
    counts: tuple[PlaceCount, ...]
    terms: tuple[AskedTerm, ...]
    counts_without_limits: tuple[PlaceCount, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What one place has: hits without their quotes beside the whole texts, the best first."""

    texts: list[tuple[SearchHit, str]]
    count: int
    is_exact: bool = True
