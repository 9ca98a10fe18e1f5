"""Searching a lake: messages by the index on disk, titles and memories beside it, tools by reading their texts.

All are ranked together by BM25, as if titles and memories were very short messages: what is said in few words comes
before what is said among many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from memlake.lake.connection import Database
from memlake.lake.fulltext import MessageIndex
from memlake.query.search_language import parse
from memlake.query.search_messages import count_messages, find_messages
from memlake.query.search_needs import Need, Vocabulary
from memlake.query.search_quotes import quotes_of
from memlake.query.search_rows import AskedTerm, Found, PlaceCount, SearchAnswer, SearchHit
from memlake.query.search_scope import Scope, SearchPlace
from memlake.query.search_shelves import Shelves
from memlake.query.search_tools import find_tools


class Searcher:
    """One open lake; what is read once serves all searches."""

    def __init__(self, database: Database, index: MessageIndex) -> None:
        self._database = database
        self._index = index
        self._shelves = Shelves(database)
        self.vocabulary = Vocabulary(index, [self._shelves.title_words, self._shelves.memory_words])

    def search(self, text: str, scope: Scope) -> SearchAnswer:
        """Return the best hits of all places. Raises `UsageError` if the text asks for nothing."""
        needs = [self.vocabulary.need(term) for term in parse(text)]
        found = {place: self._find(place, needs, scope) for place in scope.places}
        best = sorted(chain.from_iterable(one.texts for one in found.values()), key=_order)[: scope.limit]
        quotes = quotes_of([whole for _, whole in best], needs)
        counts = (PlaceCount(found_in=place, count=one.count, is_exact=one.is_exact) for place, one in found.items())
        return SearchAnswer(
            query=text,
            hits=tuple(
                replace(
                    hit,
                    quote=quote.quote,
                    matches=quote.matches,
                    is_cut_before=quote.is_cut_before,
                    is_cut_after=quote.is_cut_after,
                )
                for (hit, _), quote in zip(best, quotes, strict=True)
            ),
            counts=tuple(counts),
            terms=() if best else tuple(self._asked(need, scope) for need in needs),
        )

    def _find(self, place: SearchPlace, needs: Sequence[Need], scope: Scope) -> Found:
        match place:
            case "messages":
                return find_messages(self._database, self._index, self._shelves, needs, scope)
            case "titles":
                return self._shelves.find_titles(needs, scope)
            case "memories":
                return self._shelves.find_memories(needs, scope)
            case "tools":
                return find_tools(self._database, self._shelves, needs, scope)

    def _asked(self, need: Need, scope: Scope) -> AskedTerm:
        return AskedTerm(
            typed=need.term.typed,
            message_count=count_messages(self._index, need, scope),
            similar=tuple(self.vocabulary.similar(need)),
        )


def _order(found: tuple[SearchHit, str]) -> tuple[float, float, str, str]:
    """Put the best first, of equally good ones the newest; then in an order that no run changes."""
    hit, _ = found
    second = hit.said_at.timestamp() if hit.said_at else -1.0
    return -hit.score, -second, hit.conversation_id or hit.memory_id or "", hit.message_id or ""
