"""Ids that are there and differ, and addresses made of them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from memlake.parsing.values import id_or_none

_LONGEST_ID_IN_URL = 200


def unique_ids(stated: Sequence[object], spares: Sequence[str]) -> list[str]:
    """Return an id for each of several things: the stated one, or its spare where that is missing or taken already."""
    usable = [value for value in stated if type(value) is str and value]
    if len(set(usable)) == len(stated):  # nearly always: each has an id of its own
        return usable
    ids: dict[str, None] = {}
    for value, spare in zip(stated, spares, strict=True):
        found = id_or_none(value) or spare
        if found in ids:
            found = spare
            while found in ids:
                found += "~"
        ids[found] = None
    return list(ids)


def address(beginning: str, conversation_id: str) -> str | None:
    """Return where a conversation can be opened; an id that is none gives no address."""
    if len(conversation_id) > _LONGEST_ID_IN_URL:
        return None
    return f"{beginning}{quote(conversation_id, safe='')}"
