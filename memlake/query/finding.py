"""Which memory or conversation somebody means by an id, the beginning of one, or words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from memlake.lake import sqlfiles
from memlake.lake.connection import Database

Kind = Literal["memory", "conversation"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_WORDS_RANK = 3
_REPORTS: dict[Kind, str] = {"memory": "find_memories", "conversation": "find_conversations"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that fits; `text` is a memory's content or a conversation's title."""

    kind: Kind
    account_key: str
    item_id: str
    text: str | None
    match_rank: int  # 1 the id, 2 its beginning, 3 words, 4 words of a likely save


def find(
    database: Database, words: str, *, account_key: str | None = None, kinds: Sequence[Kind] = KINDS
) -> list[Found]:
    """Return what fits best: an exact id before the beginning of an id before words."""
    parameters: dict[str, object] = {"words": words, "account_key": account_key}
    found = [
        Found(kind=kind, **row)
        for kind in kinds
        for row in database.query(sqlfiles.report(_REPORTS[kind]), parameters).as_dicts()
    ]
    best = min((item.match_rank for item in found), default=_WORDS_RANK)
    return [item for item in found if item.match_rank == best]
