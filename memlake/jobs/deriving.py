"""Computing what is derived, after exports came or went."""

from __future__ import annotations

from memlake.lake import catalog, links, schema
from memlake.lake.connection import Database
from memlake.lookup.recorded import align_recorded_quotes


def derive_tables(database: Database) -> None:
    """Compute the derived tables again, and settle to which accounts loose lists belong.

    A list stays with the account that it has joined; if that is gone, it is free to join another. Recorded calls get
    their quotes; what a lookup found goes where its memory or conversation is gone, people's decisions stay.
    """
    schema.derive(database)
    if catalog.leave_gone_accounts(database):
        schema.derive(database)
    catalog.join_loose_exports(database)
    links.drop_stale_lookups(database)
    align_recorded_quotes(database)
