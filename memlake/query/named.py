"""Questions that have a name: the queries that ship with memlake, each a file of SQL with a header."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from memlake.errors import UsageError
from memlake.lake import sqlfiles
from memlake.lake.connection import Database
from memlake.lake.freesql import SqlLimits, free_answer
from memlake.lake.sqlfiles import Parameter, SqlFile

ACCOUNT_PARAMETER = "account"
"""The parameter of a query that stands for the account, however that is asked for."""

_ACCOUNT = "account_key"
_SOURCES = "memory_sources"
_KINDS = {
    "year": (re.compile(r"[0-9]{4}"), "is no year of four digits"),
    "whole number": (re.compile(r"[0-9]{1,4}"), "is no whole number up to 9,999"),
    "text": (re.compile(r".*\S.*", re.DOTALL), "says nothing"),
}
"""What the value of a parameter of each kind looks like, and what is said of one that does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A query that can be asked by its name: what it answers, what it needs to know, and what its columns mean."""

    name: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: dict[str, str]
    example: str
    is_lines: bool  # its column `line` is a document


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a named query found: one tuple a row, in the order of the columns of `query`.

    `not_looked_up_count` is how many memories it cannot tell about yet, because it asks for their sources. `lacking` is
    what it asks about, such as memories, if the lake holds none of that.
    """

    query: NamedQuery
    rows: tuple[tuple[Any, ...], ...]
    not_looked_up_count: int
    lacking: str | None

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return one dictionary a row."""
        return [dict(zip(self.query.columns, row, strict=True)) for row in self.rows]


def named_queries() -> dict[str, NamedQuery]:
    """Return the queries by name, in alphabetical order."""
    return {query.name: query for query in map(_described, sqlfiles.load("queries"))}


def answer(
    database: Database,
    name: str,
    *,
    account_key: str | None = None,
    parameters: Mapping[str, str] | None = None,
    limits: SqlLimits | None = None,
) -> Answer:
    """Ask the query with a name; only the rows of one account, or all. The database is locked down for good.

    Raises `UsageError` if a parameter is missing or unknown, or if its value cannot be one; `MemlakeError` if it costs
    more than the limits.
    """
    file = next(file for file in sqlfiles.load("queries") if _name(file) == name)
    values = _values(file, parameters, account_key)
    with free_answer(database, file.body, values, limits=limits) as found:
        rows = tuple(row for batch in found for row in batch)
    if _ACCOUNT in found.columns:
        of_account = found.columns.index(_ACCOUNT)
        rows = tuple(row for row in rows if account_key in (None, row[of_account]))
    is_waiting = _SOURCES in file.reads
    waiting = database.number(sqlfiles.report("not_looked_up"), {"account_key": account_key}) if is_waiting else 0
    return Answer(
        query=_described(file),
        rows=rows,
        not_looked_up_count=waiting,
        lacking=_lacking(database, file, account_key),
    )


def _lacking(database: Database, file: SqlFile, account_key: str | None) -> str | None:
    """Return what a query asks about, the first relation that it reads, if there is nothing in it but likely saves."""
    held = database.query(sqlfiles.report("held_relations"), {"account_key": account_key}).rows
    return None if (file.reads[0],) in held else file.reads[0].replace("_", " ")


def _values(file: SqlFile, parameters: Mapping[str, str] | None, account_key: str | None) -> dict[str, object]:
    """Return what a query is asked with: what is given, else the defaults; the account is the one that is asked for."""
    given = dict(parameters or {})
    known = {parameter.name: parameter.default for parameter in file.parameters}
    if account_key is not None and ACCOUNT_PARAMETER in known:
        given[ACCOUNT_PARAMETER] = account_key
    if unknown := sorted(given.keys() - known.keys()):
        nearest = get_close_matches(unknown[0], known, n=1)
        takes = f"it takes {', '.join(known)}" if known else "it takes none"
        raise UsageError(
            f"{_name(file)} has no parameter {unknown[0]!r}; {takes}",
            hint=f"did you mean -p {nearest[0]}={given[unknown[0]]}?" if nearest else "memlake query",
        )
    values = known | given
    if missing := [name for name, value in values.items() if value is None]:
        raise UsageError(f"{_name(file)} must be told: {', '.join(missing)}", hint=file.examples[0])
    for parameter in file.parameters:
        _check(parameter, str(values[parameter.name]), hint=file.examples[0])
    return dict(values)


def _check(parameter: Parameter, value: str, *, hint: str) -> None:
    """Raise `UsageError` where a value is not of the kind that its parameter takes."""
    if parameter.kind is None:
        return
    pattern, fault = _KINDS[parameter.kind]
    if not pattern.fullmatch(value):
        raise UsageError(f"the value of {parameter.name} {fault}: {value!r}", hint=hint)


def _described(file: SqlFile) -> NamedQuery:
    return NamedQuery(
        name=_name(file),
        description=file.description,
        parameters=file.parameters,
        columns=file.columns,
        example=file.examples[0],
        is_lines=file.is_lines,
    )


def _name(file: SqlFile) -> str:
    return file.name.replace("_", "-")
