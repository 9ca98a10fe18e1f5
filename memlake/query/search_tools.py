"""Searching what was not said: calls and results of tools, thoughts, hidden messages. Their texts are all read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from memlake.lake import sqlfiles
from memlake.lake.analysis import words_of_each
from memlake.lake.connection import Database
from memlake.query.search_needs import Need, fits
from memlake.query.search_rows import Found, SearchHit
from memlake.query.search_scope import Scope
from memlake.query.search_shelves import Shelves, needed_forms, score_of
from memlake.text import common_beginning

_Row = tuple[str, str, str, str | None, datetime | None, str]
"""account_key, conversation_id, message_id, role, the time, the text."""


def find_tools(database: Database, shelves: Shelves, needs: Sequence[Need], scope: Scope) -> Found:
    """Return the messages with texts of tools that say what is asked for."""
    asked = [need for need in needs if not need.term.is_barred]
    wanted: dict[str, object] = {
        "pieces": [common_beginning(forms.spellings) for forms in needed_forms(needs)],
        "signs": max((need.term.signs or "" for need in asked), key=len),
    }
    found = []
    for batch in database.stream(sqlfiles.report("search_tools"), wanted):
        inside = [row for row in batch if scope.role in (None, row[3]) and scope.holds(row[0], row[1], row[4])]
        for row, words in zip(inside, words_of_each([text for *_, text in inside]), strict=True):
            if fits(row[-1], words, needs):
                found.append(_hit(row, score_of(words, needs), shelves))
    return Found(found, len(found))


def _hit(
    row: tuple[str, str, str, str | None, datetime | None, str], score: float, shelves: Shelves
) -> tuple[SearchHit, str]:
    account_key, conversation_id, message_id, role, said_at, text = row
    title = shelves.titles.get((account_key, conversation_id))
    hit = SearchHit(
        found_in="tools",
        score=score,
        account_key=account_key,
        conversation_id=conversation_id,
        title=title and title.title,
        url=title and title.url,
        message_id=message_id,
        role=role,
        said_at=said_at,
    )
    return hit, text
