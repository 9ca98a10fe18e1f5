"""How a memory becomes a row, wherever it was seen."""

from __future__ import annotations

import re

from memlake.model import MemoryRow
from memlake.text import text_key
from memlake.times import time_us

OTHER_TOOLS_KEYS = frozenset(("owner", "owner_id", "agent_id", "run_id"))
"""By which tools that keep memories of many people say whose one is; no assistant's own list has them."""

_DATE = r"(\d{4}-\d{2}-\d{2})"
_STATED_DATE = re.compile(rf"\s*(?:\[{_DATE}\]|{_DATE}(?=\s*[:\u2013\u2014-]))[\s.:,]*(?:[\u2013\u2014-]\s+)?")


def memory_row(
    channel: str,
    content: str,
    *,
    created_at_us: int | None = None,
    position: int,
    conversation_id: str | None = None,
    message_id: str | None = None,
    seen_at_us: int | None = None,
    scope: str | None = None,
    section: str | None = None,
) -> MemoryRow:
    """Make the row of a memory that has no id of its own; the date in its list is its creation."""
    return MemoryRow(
        channel=channel,
        memory_id=None,
        text_key=text_key(content),
        content=content,
        enabled=None,
        created_at_us=created_at_us,
        created_at_basis=None if created_at_us is None else "stated",
        updated_at_us=None,
        position=position,
        conversation_id=conversation_id,
        message_id=message_id,
        seen_at_us=seen_at_us,
        scope=scope,
        section=section,
    )


def split_stated_date(entry: str) -> tuple[str, int | None]:
    """Split a list entry into its text and the date before it; an impossible date is a part of the text."""
    stated = _STATED_DATE.match(entry)
    stated_at_us = time_us(stated[1] or stated[2]) if stated else None
    if stated is None or stated_at_us is None or stated.end() == len(entry):
        return entry, None
    return entry[stated.end() :], stated_at_us
