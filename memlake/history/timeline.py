"""The whole memory list over time: what each export shows of each memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from memlake.history.exports import ExportPoint
from memlake.lake import sqlfiles
from memlake.lake.connection import Database

Sight = Literal["on", "off", "saved", "not_listed", "list_empty", "cannot_tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """What one export shows of one memory; `on` is also said where the list has no flags.

    `saved`: no text of it shows the memory, but the list of edits had it then, as recorded calls tell.
    """

    account_key: str
    memory_id: str
    export_id: str
    sight: Sight
    is_edited: bool  # its text is not the one that the list before showed; of prose, some fact in it


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One memory with a glimpse for each export."""

    memory_id: str
    content: str
    state: str
    created_at: datetime | None
    glimpses: tuple[Glimpse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The memories of one account over its exports, both oldest first."""

    account_key: str
    exports: tuple[ExportPoint, ...]
    memories: tuple[TimelineRow, ...]


def timeline(database: Database, account_key: str, exports: Sequence[ExportPoint]) -> Timeline:
    """Return what the exports of an account show of its memories; likely saves are left out."""
    key: dict[str, object] = {"account_key": account_key}
    shown = {
        (row["memory_id"], row["export_id"]): row
        for row in database.query(sqlfiles.report("timeline_sightings"), key).as_dicts()
    }
    rows = [
        TimelineRow(
            **memory,
            glimpses=tuple(
                _glimpse(memory["memory_id"], export, shown.get((memory["memory_id"], export.export_id)))
                for export in exports
            ),
        )
        for memory in database.query(sqlfiles.report("timeline_memories"), key).as_dicts()
    ]
    return Timeline(account_key=account_key, exports=tuple(exports), memories=tuple(rows))


def _glimpse(memory_id: str, export: ExportPoint, shown: Mapping[str, Any] | None) -> Glimpse:
    return Glimpse(
        account_key=export.account_key,
        memory_id=memory_id,
        export_id=export.export_id,
        sight=_sight_without(export) if shown is None else shown["sight"],
        is_edited=bool(shown and shown["is_edited"]),
    )


def _sight_without(export: ExportPoint) -> Sight:
    """Return what it means that an export does not show a memory."""
    if not export.is_whole:
        return "cannot_tell"
    return "not_listed" if export.memory_count else "list_empty"
