"""Whose data the pages are, by the names that people gave their accounts."""

from __future__ import annotations

from memlake.archive.markdown.inline import code, plain
from memlake.archive.scope import Scope
from memlake.lake import sqlfiles
from memlake.lake.connection import Database


class Accounts:
    """The accounts of an archive; where there is only one, pages need not say whose something is."""

    def __init__(self, database: Database, scope: Scope) -> None:
        rows = database.query(sqlfiles.report("archive_accounts"), {"account_key": scope.account_key}).rows
        self._names = {key: f"{label} ({provider})" for key, provider, label in rows if label}
        self.are_several = len(rows) > 1

    def name(self, account_key: str) -> str:
        """Return what people call an account: its label and whose it is, else its key."""
        return self._names.get(account_key, account_key)

    def words(self, account_key: str) -> str:
        """Return the name for a line of a page, and the key for programs."""
        name = self._names.get(account_key)
        return f"{plain(name)}, {code(account_key)}" if name else code(account_key)

    def remark(self, account_key: str) -> str:
        """Return what to add to a line about something of one account where there are several."""
        return f" · {plain(self.name(account_key))}" if self.are_several else ""
