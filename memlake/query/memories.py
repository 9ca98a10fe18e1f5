"""Memories as people look them up: the list, and where each was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from memlake.lake import sqlfiles
from memlake.lake.connection import Database
from memlake.lake.links import MemoryKey

STATES = ("active", "disabled", "deleted", "unknown")
CHANNELS = ("memory_file", "list_snapshot", "html", "dump", "prose", "event", "likely")
"""Where memories are seen; those that are `likely` are listed only where somebody asks for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMemory:
    """One line of the list of memories: active, disabled, deleted (in a window of time), or unknown."""

    memory_id: str
    content: str
    enabled: bool | None
    channel: str
    created_at: datetime | None
    created_at_basis: str | None
    updated_at: datetime | None
    first_seen_at: datetime | None
    last_seen_at: datetime | None
    account_key: str
    state: str
    state_basis: str
    state_reason: str | None
    deleted_after: datetime | None
    deleted_before: datetime | None
    deleted_at: datetime | None  # where a recorded call tells
    is_edited: bool | None
    origin: str | None
    origin_reason: str | None
    scope: str | None  # of a statement: the text that it stands in, account, project:<id> or file:<path>
    section: str | None  # the headings above it
    merged_with: Sequence[str] | None  # other statements that stand in the same sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One place where a memory was seen: a list of an export, or a message of a conversation."""

    channel: str
    seen_at: datetime | None
    content: str
    enabled: bool | None
    export_id: str | None
    file_name: str | None
    conversation_id: str | None
    title: str | None
    url: str | None
    message_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetting:
    """A recorded call to forget a memory, also one that lists show to be without effect."""

    seen_at: datetime
    conversation_id: str
    title: str | None
    url: str | None
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemorySource:
    """Where a memory came from, as far as it is known; `level` is `None` until it was looked up.

    `confidence` is the probability that the best candidate is the source, also where the level is none.
    """

    level: str | None
    confidence: float | None
    conversation_id: str | None
    title: str | None
    url: str | None
    message_id: str | None
    message_at: datetime | None
    quote: str | None
    quote_before: str  # neighbours of the quote inside its message
    quote_after: str
    said_by: str | None
    event_message_id: str | None
    is_confirmed: bool
    why: str


def list_memories(
    database: Database,
    *,
    account_key: str | None = None,
    channel: str | None = None,
    text: str | None = None,
    states: Sequence[str] = (),
) -> list[ListedMemory]:
    """Return the memories, of some states or all, oldest first; likely saves only where that channel is asked for."""
    parameters: dict[str, object] = {
        "account_key": account_key,
        "channel": channel,
        "text": text,
        "states": list(states) or None,
    }
    return [ListedMemory(**row) for row in database.query(sqlfiles.report("list_memories"), parameters).as_dicts()]


def outdated_statements(database: Database) -> frozenset[MemoryKey]:
    """Return the active statements of texts that the newest whole export of their account no longer has."""
    return frozenset(map(tuple, database.query(sqlfiles.report("outdated_statements")).rows))


def one_memory(database: Database, account_key: str, memory_id: str) -> ListedMemory:
    """Return one memory, by its exact id."""
    key: dict[str, object] = {"account_key": account_key, "memory_id": memory_id}
    return ListedMemory(**database.query(sqlfiles.report("one_memory"), key).as_dicts()[0])


def source_of(database: Database, account_key: str, memory_id: str) -> MemorySource:
    """Return where a memory came from."""
    key: dict[str, object] = {"account_key": account_key, "memory_id": memory_id}
    return MemorySource(**database.query(sqlfiles.report("source_of_memory"), key).as_dicts()[0])


def forgettings_of(database: Database, account_key: str, memory_id: str) -> tuple[Forgetting, ...]:
    """Return the recorded calls to forget a memory, oldest first."""
    key: dict[str, object] = {"account_key": account_key, "memory_id": memory_id}
    return tuple(Forgetting(**row) for row in database.query(sqlfiles.report("memory_forgettings"), key).as_dicts())


def sightings_of(database: Database, account_key: str, memory_id: str) -> tuple[Sighting, ...]:
    """Return where a memory was seen, oldest first."""
    key: dict[str, object] = {"account_key": account_key, "memory_id": memory_id}
    return tuple(Sighting(**row) for row in database.query(sqlfiles.report("memory_sightings"), key).as_dicts())
