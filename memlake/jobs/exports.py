"""The exports of a lake: which there are, and taking one out again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from memlake.errors import LakeError
from memlake.jobs.accounts import account_named
from memlake.jobs.deriving import derive_tables
from memlake.jobs.runlog import record_run
from memlake.lake import landing, rawzone, sqlfiles
from memlake.lake.connection import Database
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake
from memlake.lake.revision import guarded, only_writer_or_rehearsal, revision
from memlake.selectors import Selector, select_exports


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportState:
    """One export with what it holds, what it lacks and what could not be read."""

    export_id: str
    account_key: str
    provider: str
    file_name: str
    exported_at: datetime | None
    exported_at_basis: str
    dialect: str | None
    conversation_coverage: str
    memory_coverage: str
    memory_count: int | None
    event_coverage: str
    reject_count: int
    missing_parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DropSummary:
    """What taking an export out removes; `is_done` is false for the plan alone."""

    export: ExportState
    is_done: bool
    conversations_lost: int
    memories_lost: int
    messages_lost: int
    changes_lost: int


def list_exports(lake: Path, *, account: str | None = None) -> list[ExportState]:
    """Return the exports of one account or all, oldest first."""
    with open_lake(Layout(lake)) as database:
        return export_states(database, account_key=account_named(database, account))


def export_states(database: Database, *, account_key: str | None = None) -> list[ExportState]:
    """Return the exports of an open lake."""
    rows = database.query(sqlfiles.report("status_exports"), {"account_key": account_key}).as_dicts()
    return [ExportState(**row | {"missing_parts": tuple(row["missing_parts"])}) for row in rows]


def drop_export(
    lake: Path,
    export: Selector,
    *,
    is_confirmed: bool,
    clock: Callable[[], datetime],
    account: str | None = None,
    wait_seconds: float = 0.0,
) -> DropSummary:
    """Take an export out, as if it had never been ingested; without confirmation only say what would go.

    See `memlake.selectors` for what selects one. The run is rehearsed on a copy either way, so the plan is exact.
    """
    layout = Layout(lake)
    open_lake(layout).close()  # a lake that is not there is not made
    started_at = clock()
    place = only_writer_or_rehearsal(
        layout, job="exports drop", wait_seconds=wait_seconds, is_rehearsal=not is_confirmed
    )
    with place as scratch, guarded(layout, wait_seconds=wait_seconds) as guard:
        if guard is None:
            raise LakeError(f"{layout.database} is gone")
        states = export_states(guard, account_key=account_named(guard, account))
        words = export if isinstance(export, str) else export.isoformat()
        (state,) = select_exports([export], states, command=f"memlake exports drop {words}")
        with revision(layout, guard=guard, scratch=scratch) as database:
            summary = _drop(database, state, is_done=is_confirmed)
            record_run(database, job="exports drop", started_at=started_at, finished_at=clock(), summary=summary)
    if is_confirmed:
        _sweep_raw_zone(layout)
    return summary


def _drop(database: Database, state: ExportState, *, is_done: bool) -> DropSummary:
    before = _counts(database)
    export_key = database.number(
        "select export_key from staging.exports where export_id = $id", {"id": state.export_id}
    )
    landing.drop_export(database, export_key)
    derive_tables(database)
    after = _counts(database)
    return DropSummary(
        export=state, is_done=is_done, **{f"{name}_lost": count - after[name] for name, count in before.items()}
    )


def _counts(database: Database) -> dict[str, int]:
    return {
        "conversations": database.number("select count(*) from conversations"),
        "memories": database.number("select count(*) from memories"),
        "messages": database.number("select count(*) from messages"),
        "changes": database.number("select count(change_type) from memory_changes")
        + database.number("select count(change_type) from conversation_changes"),
    }


def _sweep_raw_zone(layout: Layout) -> None:
    with open_lake(layout) as database:
        rawzone.sweep(layout, database)
