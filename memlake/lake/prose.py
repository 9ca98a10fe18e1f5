"""Prose memory in the lake: the statements that exports hold, and what was found out by following them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import polars as pl

from memlake.lake import sqlfiles
from memlake.lake.connection import Database, insert_row


class StatementPlace(NamedTuple):
    """A statement of one export, where it stands."""

    content: str
    scope: str
    section: str | None
    record_key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseExport:
    """The prose of one export, all its statements in reading order.

    `kinds` are the kinds of texts (account, project, file) that it holds whole and with something in them: only of
    those does it show that a statement is gone.
    """

    export_key: int
    statements: tuple[StatementPlace, ...]
    kinds: frozenset[str]


class StatementRow(NamedTuple):
    """What one export shows of one statement: its words, or that its text is there without it.

    `content` are the sentences that it has become, in order. `fact_change` says what changed since it was shown
    before; `None`: nothing, as far as words tell. Two exports that show one `fact_state` differ in words at most,
    whatever was in between. `position` counts from 0 in the export.
    """

    account_key: str
    memory_id: str
    export_key: int
    is_present: bool
    content: str | None
    text_key: str | None
    scope: str | None
    section: str | None
    position: int | None
    fact_change: str | None
    fact_state: int | None
    record_key: int | None


_TYPES: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(("export_key", "position", "fact_state", "record_key"), pl.Int64),
    "is_present": pl.Boolean,
}


def prose_exports(database: Database) -> list[tuple[str, list[ProseExport]]]:
    """Return the exports that hold prose, by account and oldest first; those without a date last."""
    kinds: defaultdict[int, set[str]] = defaultdict(set)
    for export_key, kind in database.query("select export_key, kind from staging.prose_kinds").rows:
        kinds[export_key].add(kind)
    rows = database.query(sqlfiles.report("prose_statements")).rows
    return [
        (account_key, [_export(key, held, kinds[key]) for key, held in groupby(of_account, key=itemgetter(1))])
        for account_key, of_account in groupby(rows, key=itemgetter(0))
    ]


def write_statements(database: Database, rows: Iterable[StatementRow]) -> None:
    """Fill `staging.statements`, which is empty."""
    found = list(rows)
    if found:
        columns = {name: _TYPES.get(name, pl.String) for name in StatementRow._fields}
        database.append("staging.statements", pl.DataFrame(found, schema=columns, orient="row"))


def read_memo(database: Database) -> dict[str, str]:
    """Return what following the exports led to so far: a key for each sequence of them -> the memories after it."""
    return dict(database.query("select memo_key, memories from raw.prose_memo").rows)


def write_memo(database: Database, memo: Mapping[str, str], *, former: Mapping[str, str]) -> None:
    """Keep what is new in place of what is of no use any more."""
    gone = sorted(former.keys() - memo.keys())
    if gone:
        database.run("delete from raw.prose_memo where memo_key in (select unnest($gone::varchar[]))", {"gone": gone})
    for key in sorted(memo.keys() - former.keys()):
        insert_row(database, "raw.prose_memo", {"memo_key": key, "memories": memo[key]})


def _export(export_key: int, rows: Iterable[tuple[Any, ...]], kinds: set[str]) -> ProseExport:
    statements = tuple(StatementPlace._make(row[2:]) for row in rows)
    return ProseExport(export_key=export_key, statements=statements, kinds=frozenset(kinds))
