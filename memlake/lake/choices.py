"""The categories that people chose for memories by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from memlake.lake.connection import Database, insert_row
from memlake.lake.links import MemoryKey


def write_choice(
    database: Database, *, account_key: str, memory_id: str, category: str | None, decided_at: datetime
) -> None:
    """Keep which category somebody chose for a memory, in place of a former choice; `None`: none any more."""
    key: dict[str, object] = {"account_key": account_key, "memory_id": memory_id}
    database.run(
        "delete from raw.category_choices where account_key = $account_key and memory_id = $memory_id",
        key,
    )
    insert_row(database, "raw.category_choices", {**key, "category": category, "decided_at": decided_at})


def choices(database: Database) -> Mapping[MemoryKey, str]:
    """Return the categories in force, each under the id that its memory has today."""
    rows = database.query(
        "select account_key, memory_id, category from staging.memory_categories where category is not null"
    ).rows
    return {(account_key, memory_id): category for account_key, memory_id, category in rows}
