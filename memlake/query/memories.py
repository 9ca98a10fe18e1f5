"""Memories as people look them up: the list, and one with everywhere it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from memlake.lake import sqlfiles
from memlake.lake.connection import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMemory:
    """One line of the list of memories."""

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
class MemoryCard:
    """A memory with everywhere it was seen."""

    memory: ListedMemory
    sightings: tuple[Sighting, ...]


def list_memories(
    database: Database, *, account_key: str | None = None, channel: str | None = None, text: str | None = None
) -> list[ListedMemory]:
    """Return the memories, oldest first; likely saves only where that channel is asked for."""
    rows = database.query(
        sqlfiles.report("list_memories"), {"account_key": account_key, "channel": channel, "text": text}
    )
    return [ListedMemory(**row) for row in rows.as_dicts()]


def memory_card(database: Database, account_key: str, memory_id: str) -> MemoryCard:
    """Return one memory, by its exact id."""
    key: dict[str, object] = {"account_key": account_key, "memory_id": memory_id}
    listed = database.query(sqlfiles.report("one_memory"), key).as_dicts()[0]
    sightings = database.query(sqlfiles.report("memory_sightings"), key).as_dicts()
    return MemoryCard(memory=ListedMemory(**listed), sightings=tuple(Sighting(**row) for row in sightings))
