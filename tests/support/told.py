"""What a lake says about the life of a memory list: its answers in plain rows, times in seconds since 1970."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from support.lakes import open_lake
from support.lives import Export, Life, Plan, live, moment, tell

from memlake.lake.connection import Database

RowT = TypeVar("RowT", bound=NamedTuple)


class Change(NamedTuple):
    """A row of `memory_changes`."""

    memory_id: str | None
    from_export_id: str | None
    to_export_id: str
    change_type: str | None
    change_kind: str
    changed_after: float | None
    changed_before: float | None
    changed_at: float | None
    content_before: str | None
    content_after: str | None
    enabled_before: bool | None
    enabled_after: bool | None


class Version(NamedTuple):
    """A row of `memory_versions`."""

    memory_id: str
    valid_from: float | None
    valid_to: float | None
    content: str
    enabled: bool | None
    opened_after: float | None
    known_from: float | None
    last_seen_at: float | None


class Remembered(NamedTuple):
    """A row of `memories`."""

    memory_id: str
    content: str
    state: str
    deleted_after: float | None
    deleted_before: float | None


class Past(NamedTuple):
    """A row of `memories_as_of`."""

    memory_id: str
    content: str
    enabled: bool | None
    is_uncertain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A life and everything that the lake of its exports says about it; exports by their ids in the lake."""

    life: Life
    exports: dict[str, Export]
    feed: list[Change]
    differences: dict[tuple[str, str], list[Change]]
    versions: list[Version]
    memories: list[Remembered]
    pasts: dict[int, list[Past]]

    @property
    def whole(self) -> dict[str, Export]:
        """The exports whose lists can be compared, in order; one dated by its newest record may have no sure place."""
        unplaced = {row.to_export_id for row in self.feed if row.change_kind == "not_comparable"}
        return {
            export_id: export
            for export_id, export in self.exports.items()
            if export.is_whole and (export.is_exact or export_id not in unplaced)
        }

    @property
    def exact(self) -> dict[str, Export]:
        """Of these the ones whose date is the true one."""
        return {export_id: export for export_id, export in self.whole.items() if export.is_exact}


def rows_of(database: Database, row_type: type[RowT], source: str, **parameters: object) -> list[RowT]:
    """Return the rows of a relation or macro."""
    columns = ", ".join(row_type._fields)
    rows = database.query(f"select {columns} from {source} order by all", parameters or None).rows
    return [row_type._make(_seconds(value) for value in row) for row in rows]


def _seconds(value: object) -> Any:  # noqa: ANN401 - a value of any column
    return value.timestamp() if isinstance(value, datetime) else value


@lru_cache(maxsize=2_000)
def told(plan: Plan) -> Told:
    """Play a plan, ingest its exports into a new lake and ask it everything."""
    life = live(plan)
    with tempfile.TemporaryDirectory() as folder:
        exports = tell(Path(folder), life.exports)
        with open_lake(Path(folder)) as database:
            return Told(
                life=life,
                exports=exports,
                feed=rows_of(database, Change, "memory_changes"),
                differences={
                    (a, b): rows_of(database, Change, "memory_changes($a, $b)", a=a, b=b)
                    for a, b in product(exports, repeat=2)
                },
                versions=rows_of(database, Version, "memory_versions"),
                memories=rows_of(database, Remembered, "memories where channel <> 'likely'"),
                pasts={
                    at: rows_of(database, Past, "memories_as_of($moment)", moment=moment(at))
                    for at in {each.at for each in life.facts} | {each.made_at for each in life.exports}
                },
            )
