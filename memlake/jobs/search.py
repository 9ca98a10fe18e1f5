"""Searching a lake: opens it with its index, and mends an index that turns out to be damaged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from memlake.jobs.accounts import account_named
from memlake.jobs.progress import Progress
from memlake.jobs.searching import searchable
from memlake.lake.connection import Database
from memlake.lake.fulltext_errors import DamagedIndexError
from memlake.lake.fulltext_opening import forget_index
from memlake.lake.layout import Layout
from memlake.query.search import Searcher
from memlake.query.search_language import parse
from memlake.query.search_rows import SearchAnswer
from memlake.query.search_scope import SearchOptions, scope_of


@dataclass(frozen=True, slots=True)
class OpenSearch:
    """A lake that is open for several searches."""

    database: Database
    searcher: Searcher

    def search(self, text: str, options: SearchOptions, *, account: str | None = None) -> SearchAnswer:
        """Return the best hits for a text; where the limits leave none, also how many there are without them."""
        account_key = account_named(self.database, account)
        found = self.searcher.search(text, scope_of(self.database, options, account_key=account_key))
        if found.hits or not (account_key or options.is_limited):
            return found
        unlimited = scope_of(self.database, SearchOptions(places=options.places), account_key=None)
        return replace(found, counts_without_limits=self.searcher.search(text, unlimited).counts)


@contextmanager
def open_search(lake: Path, progress: Progress) -> Iterator[OpenSearch]:
    """Open a lake for searches; its index is made or caught up first."""
    with searchable(Layout(lake), progress) as (database, index):
        yield OpenSearch(database, Searcher(database, index))


def search(
    lake: Path, text: str, options: SearchOptions, *, account: str | None = None, progress: Progress
) -> SearchAnswer:
    """Return the best hits for a text in one account or all.

    Raises `UsageError` if the text asks for nothing or the options name what the lake does not hold.
    """
    parse(text)
    try:
        with open_search(lake, progress) as opened:
            return opened.search(text, options, account=account)
    except DamagedIndexError:
        forget_index(Layout(lake))
    with open_search(lake, progress) as opened:
        return opened.search(text, options, account=account)
