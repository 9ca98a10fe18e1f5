"""Which account somebody means by a key, its beginning or a label."""

from __future__ import annotations

from memlake.errors import UsageError
from memlake.lake.connection import Database


def account_named(database: Database, words: str | None) -> str | None:
    """Return the account_key; `None` stays `None`: all accounts.

    Raises `UsageError` if no account or several fit.
    """
    if words is None:
        return None
    accounts = database.query("select account_key, label from accounts order by account_key").rows
    exact = [key for key, label in accounts if words in {key, label}]
    fitting = exact or [key for key, _ in accounts if words in (key[: len(words)], key.partition(":")[2][: len(words)])]
    if len(fitting) == 1:
        return str(fitting[0])
    known = ", ".join(f"{key} ({label})" if label else key for key, label in accounts)
    raise UsageError(
        f"{'several accounts begin with' if fitting else 'no account is called'} {words!r}", hint=f"known: {known}"
    )
