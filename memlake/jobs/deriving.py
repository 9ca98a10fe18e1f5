"""Computing what is derived, after exports came or went."""

from __future__ import annotations

from memlake.lake import catalog, schema
from memlake.lake.connection import Database


def derive_tables(database: Database) -> None:
    """Compute the derived tables again, and settle to which accounts loose lists belong.

    A list stays with the account that it has joined; if that is gone, it is free to join another.
    """
    schema.derive(database)
    if catalog.leave_gone_accounts(database):
        schema.derive(database)
    catalog.join_loose_exports(database)
