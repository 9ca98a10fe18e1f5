"""Which memory or conversation somebody means by an id, the beginning of one, or words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from memlake.lake import sqlfiles
from memlake.lake.connection import Database

_WORDS_RANK = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that fits; `text` is a memory's content or a conversation's title."""

    kind: Literal["memory", "conversation"]
    account_key: str
    item_id: str
    text: str | None
    match_rank: int  # 1 the id, 2 its beginning, 3 words


def find(database: Database, words: str, *, account_key: str | None = None) -> list[Found]:
    """Return what fits best: an exact id before the beginning of an id before words."""
    parameters: dict[str, object] = {"words": words, "account_key": account_key}
    memories = database.query(sqlfiles.report("find_memories"), parameters).rows
    conversations = database.query(sqlfiles.report("find_conversations"), parameters).rows
    found = [
        *(_found("memory", row) for row in memories),
        *(_found("conversation", row) for row in conversations),
    ]
    best = min((item.match_rank for item in found), default=_WORDS_RANK)
    return [item for item in found if item.match_rank == best]


def _found(kind: Literal["memory", "conversation"], row: tuple[str, str, str | None, int]) -> Found:
    account_key, item_id, text, match_rank = row
    return Found(kind=kind, account_key=account_key, item_id=item_id, text=text, match_rank=match_rank)
