"""What an archive takes from a lake: the relations for people and the base tables, read a part at a time.

A part is a frame of bounded length. The rows of a relation come in the order of its key, those of a base table as
they were written, which is what later ingests go by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from memlake.hashing import short_hash
from memlake.lake import schema, sqlfiles
from memlake.lake.connection import Database

if TYPE_CHECKING:
    import polars as pl

PART_ROWS = 16_384
_ACCOUNT = "account_key"
_OF_ITS_OWN_LAKE = ("deployed", "lake_state")  # base tables that every lake fills by itself
_HASH_DIGITS = 32
_TOUCHED = {
    "to_export_id": "select export_id from exports where exported_at >= $since or exported_at is null",
    "memory_id": "select memory_id from memories where account_key = {relation}.account_key "
    "and (greatest(created_at, updated_at, deleted_at, deleted_before) >= $since or created_at is null)",
    "conversation_id": "select conversation_id from conversations where account_key = {relation}.account_key "
    "and (greatest(created_at, updated_at) >= $since or created_at is null)",
    "export_id": "select export_id from exports where exported_at >= $since or exported_at is null",
    "started_at": "select started_at from runs where started_at >= $since",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation or base table: its columns with their types as DuckDB calls them, and the key that orders its rows."""

    name: str
    columns: dict[str, str]
    grain: str = ""
    key: tuple[str, ...] = ()

    @property
    def is_by_account(self) -> bool:
        """Tell whether each row is of one account."""
        return _ACCOUNT in self.columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some rows of a relation, of one account where rows are of accounts; numbers count from 1 for each account."""

    relation: Relation
    account_key: str | None
    number: int
    frame: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Rows:
    """A condition on rows, and what its parameters mean; nothing else may be among them."""

    condition: str = "true"
    parameters: dict[str, object] = field(default_factory=dict)

    def that(self, condition: str, **parameters: object) -> _Rows:
        return _Rows(f"{self.condition} and ({condition})", self.parameters | parameters)


def public_relations(database: Database) -> list[Relation]:
    """Return the relations for people, in alphabetical order."""
    columns = _columns(database, "main")
    files = [file for file in sqlfiles.load("tables", "views") if "." not in file.name]
    return [
        Relation(name=file.name, columns=columns[file.name], grain=file.grain, key=file.key)
        for file in sorted(files, key=lambda file: file.name)
    ]


def base_tables(database: Database) -> list[Relation]:
    """Return the tables from which everything else can be derived, in alphabetical order."""
    return [
        Relation(name=f"raw.{name}", columns=columns)
        for name, columns in sorted(_columns(database, "raw").items())
        if name not in _OF_ITS_OWN_LAKE
    ]


def content_hash(database: Database) -> str:
    """Return a hash that changes with any row of a base table and with the way in which the rest is derived."""
    counts = [
        database.query(
            f"select count(*), sum(hash(base)::hugeint)::varchar, bit_xor(hash(base))::varchar from {table.name} base"
        ).rows
        for table in base_tables(database)
    ]
    state = [schema.schema_version(database), sqlfiles.derived_version(), counts]
    return short_hash(repr(state), _HASH_DIGITS)


def relation_parts(
    database: Database, relation: Relation, *, account_key: str | None, since: datetime | None
) -> Iterator[Part]:
    """Yield the rows of a relation in the order of its key, of one account or all, and those touched since a time.

    What has no time at all counts as touched. There is a part for each account, even if it is empty.
    """
    rows = _touched(relation, since)
    if not relation.is_by_account:
        if account_key is not None:
            rows = rows.that(
                "export_id in (select export_id from exports where account_key = $account)", account=account_key
            )
        yield from _numbered(relation, None, _ordered_frames(database, relation, rows))
        return
    for account in [account_key] if account_key else _accounts(database, relation):
        of_account = rows.that(f"{_ACCOUNT} = $account", account=account)
        yield from _numbered(relation, account, _ordered_frames(database, relation, of_account))


def table_parts(database: Database, table: Relation) -> Iterator[Part]:
    """Yield the rows of a base table as they were written; one part, even if the table is empty."""
    last = database.number(f"select max(rowid) from {table.name}")
    frames = (
        _frame(database, table, _Rows().that("rowid >= $first and rowid < $end", first=first, end=first + PART_ROWS))
        for first in range(0, last + 1, PART_ROWS)
    )
    yield from _numbered(table, None, frames)


def _numbered(relation: Relation, account_key: str | None, frames: Iterator[pl.DataFrame]) -> Iterator[Part]:
    for number, frame in enumerate(frames, start=1):
        yield Part(relation=relation, account_key=account_key, number=number, frame=frame)


def _accounts(database: Database, relation: Relation) -> list[str]:
    found = database.query(f"select {_ACCOUNT} from accounts union select {_ACCOUNT} from {relation.name} order by 1")
    return [str(account) for (account,) in found.rows]


def _touched(relation: Relation, since: datetime | None) -> _Rows:
    column = next((name for name in _TOUCHED if name in relation.columns), None)
    if since is None or column is None:
        return _Rows()
    touched = _TOUCHED[column].format(relation=relation.name)
    return _Rows().that(f"{column} is null or {column} in ({touched})", since=since)


def _ordered_frames(database: Database, relation: Relation, rows: _Rows) -> Iterator[pl.DataFrame]:
    """Yield frames of bounded length, as long as no value of the key has more rows than that."""
    by = next((column for column in relation.key if column != _ACCOUNT), relation.key[0])
    counted = database.query(
        f'select "{by}", count(*) from {relation.name} where {rows.condition} and "{by}" is not null '
        f'group by "{by}" order by "{by}"',
        rows.parameters,
    )
    firsts = _first_values(counted.rows)
    for place, first in enumerate(firsts):
        span = rows if place == 0 else rows.that(f'"{by}" >= $first or "{by}" is null', first=first)
        if place + 1 < len(firsts):
            span = span.that(f'"{by}" < $end', end=firsts[place + 1])
        yield _frame(database, relation, span).sort(relation.key, nulls_last=True)


def _first_values(counted: Sequence[tuple[object, int]]) -> list[object]:
    """Return with which value each part begins; rows without a value come with the last."""
    firsts: list[object] = [None]
    row_count = 0
    for value, count in counted:
        if row_count and row_count + count > PART_ROWS:
            firsts.append(value)
            row_count = 0
        row_count += count
    return firsts


def _frame(database: Database, relation: Relation, rows: _Rows) -> pl.DataFrame:
    columns = ", ".join(
        f'"{name}"::varchar as "{name}"' if kind == "JSON" else f'"{name}"' for name, kind in relation.columns.items()
    )
    return database.frame(f"select {columns} from {relation.name} where {rows.condition}", rows.parameters or None)


def _columns(database: Database, schema_name: str) -> dict[str, dict[str, str]]:
    found = database.query(
        "select table_name, column_name, data_type from duckdb_columns() where schema_name = $schema "
        "and database_name = current_database() order by table_name, column_index",
        {"schema": schema_name},
    )
    columns: dict[str, dict[str, str]] = {}
    for table, column, kind in found.rows:
        columns.setdefault(table, {})[column] = kind
    return columns
