"""Whose words a message answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from memlake.model import MessageRow


def nearest_turns(rows: Iterable[MessageRow], *, is_turn: Callable[[MessageRow], bool]) -> dict[str, str | None]:
    """Return for each message the user's turn that it is or answers, as a message id; `None` before the first.

    Rows come with parents first. A turn says something; `is_turn` tells which of the user's messages count.
    """
    found: dict[str, str | None] = {}
    for row in rows:
        answered = found[row.parent_id] if row.parent_id is not None else None
        found[row.message_id] = row.message_id if row.role == "user" and row.text.strip() and is_turn(row) else answered
    return found
