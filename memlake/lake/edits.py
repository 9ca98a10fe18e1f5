"""The calls that edit an assistant's numbered list, and the list that they add up to, in the lake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

import polars as pl

from memlake.lake import sqlfiles
from memlake.lake.connection import Database


class EditCall(NamedTuple):
    """One recorded call, oldest first. `listed` are texts with their keys, where a `list` call shows all lines."""

    conversation_id: str
    message_id: str
    event_index: int
    action: str  # save, replace, forget, list
    content: str | None
    text_key: str | None
    line_number: int | None
    occurred_at: datetime | None
    listed: tuple[tuple[str, str], ...] | None


class Edit(NamedTuple):
    """One text of one line of the list, from the call that wrote it to the one that replaced or removed it.

    `entry_number` counts the lines that ever were, `root_text_key` is that of the line's first text. Without a text
    it is a line that some call counts with and none wrote. `begun_by` list: some call shows it that none wrote.
    `line_number` is where it stood when it was written, `line_number_now` where it stands in the end.
    """

    entry_number: int
    version_number: int
    line_number: int
    line_number_now: int | None
    content: str | None
    text_key: str | None
    root_text_key: str | None
    begun_by: str
    begun_at: datetime | None
    conversation_id: str | None
    message_id: str | None
    event_index: int | None
    ended_by: str | None
    ended_at: datetime | None
    end_conversation_id: str | None
    end_message_id: str | None
    end_event_index: int | None


_TYPES: dict[str, pl.DataType] = {
    **dict.fromkeys(("entry_number", "version_number", "line_number", "line_number_now"), pl.Int64()),
    **dict.fromkeys(("event_index", "end_event_index"), pl.Int64()),
    **dict.fromkeys(("begun_at", "ended_at"), pl.Datetime("us", "UTC")),
}


def edit_calls(database: Database) -> list[tuple[str, list[EditCall]]]:
    """Return the calls that edit a list, by account and in the order of their times; those without a time last."""
    rows = database.query(sqlfiles.report("edit_calls")).rows
    return [
        (account_key, [_call(row) for row in of_account])
        for account_key, of_account in groupby(rows, key=lambda row: str(row[0]))
    ]


def write_edits(database: Database, account_key: str, edits: Sequence[Edit]) -> None:
    """Add the edits of one account to `staging.edits`."""
    if edits:
        columns = {name: _TYPES.get(name, pl.String()) for name in Edit._fields}
        frame = pl.DataFrame(edits, schema=columns, orient="row").with_columns(account_key=pl.lit(account_key))
        database.append("staging.edits", frame)


def _call(row: tuple[Any, ...]) -> EditCall:
    *values, listed = row[1:]
    return EditCall._make(
        (*values, None if listed is None else tuple((one["content"], one["text_key"]) for one in listed))
    )
