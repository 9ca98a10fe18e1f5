"""Which memories were there at a time or during a conversation, and which conversations knew a memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from memlake.lake import sqlfiles
from memlake.lake.connection import Database

STATES_AS_OF = ("active", "disabled")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryAsOf:
    """A memory as it stood at a time; uncertain where the exports leave open whether it was there, or was so."""

    account_key: str
    memory_id: str
    content: str
    enabled: bool | None
    valid_from: datetime | None
    valid_to: datetime | None
    is_uncertain: bool
    why: str | None
    merged_with: Sequence[str] | None  # other statements that stood in the same sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryInForce:
    """A memory that was there, on and in scope during a conversation or a part of it."""

    account_key: str
    memory_id: str
    content: str
    enabled: bool | None
    in_force_from: datetime | None
    in_force_to: datetime | None
    is_uncertain: bool
    why: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationWithMemory:
    """A conversation during which a memory was in force, with the text that it had then."""

    account_key: str
    conversation_id: str
    title: str | None
    url: str | None
    created_at: datetime | None
    in_force_from: datetime | None
    in_force_to: datetime | None
    content: str
    enabled: bool | None
    is_uncertain: bool
    why: str | None


def memories_as_of(
    database: Database,
    moment: datetime,
    *,
    account_key: str | None = None,
    channel: str | None = None,
    text: str | None = None,
    states: Sequence[str] = (),
) -> list[MemoryAsOf]:
    """Return the memories as they stood at a time, active or disabled then, oldest first; likely saves are none."""
    parameters: dict[str, object] = {
        "moment": moment,
        "account_key": account_key,
        "channel": channel,
        "text": text,
        "states": list(states) or None,
    }
    return [MemoryAsOf(**row) for row in database.query(sqlfiles.report("memories_as_of"), parameters).as_dicts()]


def memories_in_force(database: Database, account_key: str, conversation_id: str) -> list[MemoryInForce]:
    """Return the memories that a conversation could use, the certain ones first."""
    key: dict[str, object] = {"account_key": account_key, "conversation_id": conversation_id}
    return [MemoryInForce(**row) for row in database.query(sqlfiles.report("memories_in_force"), key).as_dicts()]


def conversations_with_memory(database: Database, account_key: str, memory_id: str) -> list[ConversationWithMemory]:
    """Return the conversations that could use a memory, oldest first."""
    key: dict[str, object] = {"account_key": account_key, "memory_id": memory_id}
    rows = database.query(sqlfiles.report("conversations_with_memory"), key).as_dicts()
    return [ConversationWithMemory(**row) for row in rows]
