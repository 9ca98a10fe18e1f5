"""Computing what is derived, after exports came or went."""

from __future__ import annotations

from memlake.history.edits import replay
from memlake.history.prose.following import follow
from memlake.lake import catalog, edits, links, prose, schema
from memlake.lake.connection import Database
from memlake.lookup.recorded import align_recorded_quotes


def derive_tables(database: Database) -> None:
    """Compute the derived tables again, and settle to which accounts loose lists belong.

    A list stays with the account that it has joined; if that is gone, it is free to join another. Recorded calls get
    their quotes; what a lookup found goes where its memory or conversation is gone, people's decisions stay.
    """
    _derive(database)
    if catalog.leave_gone_accounts(database):
        _derive(database)
    catalog.join_loose_exports(database)
    links.drop_stale_lookups(database)
    align_recorded_quotes(database)


def _derive(database: Database) -> None:
    schema.derive(database, fill={"staging.statements": _follow_statements, "staging.edits": _replay_edits})


def _follow_statements(database: Database) -> None:
    """Follow the statements of each account's prose through its exports, as far as that was not done before."""
    known = prose.read_memo(database)
    memo: dict[str, str] = {}
    for account_key, exports in prose.prose_exports(database):
        of_account = dict(known)
        prose.write_statements(database, follow(account_key, exports, of_account))
        memo |= of_account
    prose.write_memo(database, memo, former=known)


def _replay_edits(database: Database) -> None:
    """Replay the calls that edit each account's numbered list."""
    for account_key, calls in edits.edit_calls(database):
        edits.write_edits(database, account_key, replay(calls))
