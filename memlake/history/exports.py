"""The exports as points in time, with what each proves about the memory list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from memlake.lake import sqlfiles
from memlake.lake.connection import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPoint:
    """One export; `memory_count` is `None` where it has no list, `why_not_whole` where its list can be compared."""

    export_id: str
    account_key: str
    exported_at: datetime | None
    exported_at_basis: str
    file_name: str
    memory_coverage: str
    is_whole: bool  # complete and dated
    why_not_whole: str | None
    memory_count: int | None
    conversation_coverage: str
    same_time_export_id: str | None

    @property
    def has_all_conversations(self) -> bool:
        """Tell whether its conversations can be compared."""
        return self.conversation_coverage == "complete" and self.exported_at is not None


def export_points(database: Database, *, account_key: str | None = None) -> list[ExportPoint]:
    """Return the exports of one account or all, oldest first; those without a date stand before the others."""
    rows = database.query(sqlfiles.report("history_exports"), {"account_key": account_key})
    return [ExportPoint(**row) for row in rows.as_dicts()]
