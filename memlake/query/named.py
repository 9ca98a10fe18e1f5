"""Questions that have a name: the queries that ship with memlake, each a file that any DuckDB shell runs as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from memlake.lake import sqlfiles
from memlake.lake.connection import Database
from memlake.lake.sqlfiles import SqlFile

_ACCOUNT = "account_key"
_SOURCES = "memory_sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A query that can be asked by its name: what it answers, and what its columns mean."""

    name: str
    description: str
    columns: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a named query found: one tuple a row, in the order of the columns of `query`.

    `not_looked_up_count` is how many memories it cannot tell about yet, because it asks for their sources.
    """

    query: NamedQuery
    rows: tuple[tuple[Any, ...], ...]
    not_looked_up_count: int

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return one dictionary a row."""
        return [dict(zip(self.query.columns, row, strict=True)) for row in self.rows]


def named_queries() -> dict[str, NamedQuery]:
    """Return the queries by name, in alphabetical order."""
    return {query.name: query for query in map(_described, sqlfiles.load("queries"))}


def answer(database: Database, name: str, *, account_key: str | None = None) -> Answer:
    """Ask the query with a name; only the rows of one account, or all."""
    file = next(file for file in sqlfiles.load("queries") if _name(file) == name)
    found = database.query(file.body)
    of_account = found.columns.index(_ACCOUNT)
    rows = tuple(row for row in found.rows if account_key in (None, row[of_account]))
    waiting = database.number(sqlfiles.report("not_looked_up"), {"account_key": account_key})
    return Answer(query=_described(file), rows=rows, not_looked_up_count=waiting if _SOURCES in file.reads else 0)


def _described(file: SqlFile) -> NamedQuery:
    return NamedQuery(name=_name(file), description=file.description, columns=file.columns)


def _name(file: SqlFile) -> str:
    return file.name.replace("_", "-")
