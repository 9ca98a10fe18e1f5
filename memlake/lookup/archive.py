"""Reads what a lookup starts from: the memories of each account with what is known of them, and when chats were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from memlake.lake import sqlfiles
from memlake.lake.connection import Database
from memlake.lake.fulltext import MessageIndex
from memlake.lookup.shortlist import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedMemory:
    """A memory whose source is wanted; `known` of its sources are conversation ids. Times are seconds since 1970."""

    account_key: str
    memory_id: str | None  # None: a text that is no memory of the lake
    content: str
    channel: str | None = None
    state: str | None = None
    created_at: float | None = None
    recorded: str | None = None
    confirmed: str | None = None
    rejected: frozenset[str] = frozenset()

    @property
    def known(self) -> str | None:
        """The conversation that somebody confirmed, else the one with the recorded call."""
        return self.confirmed or self.recorded


def asked_memories(database: Database) -> dict[str, list[AskedMemory]]:
    """Return the memories of each account in the order of its newest list, those of no list behind them."""
    rows = database.query(sqlfiles.report("lookup_memories")).rows
    return {
        account_key: [
            AskedMemory(
                account_key=account_key,
                memory_id=memory_id,
                content=content,
                channel=channel,
                state=state,
                created_at=created_at,
                recorded=None if recorded in rejected else recorded,
                confirmed=confirmed,
                rejected=frozenset(rejected),
            )
            for _, memory_id, content, channel, state, created_at, _, recorded, confirmed, rejected in group
        ]
        for account_key, group in groupby(rows, key=lambda row: str(row[0]))
    }


def calendars(database: Database, index: MessageIndex) -> dict[str, Calendar]:
    """Return when the conversations of each account were; those without words or date are in none."""
    numbers = conversation_numbers(index)
    rows = database.query(sqlfiles.report("lookup_conversations")).rows
    found: dict[str, Calendar] = {}
    for account_key, group in groupby(rows, key=lambda row: str(row[0])):
        dated = [
            (began_at, ended_at, numbers[account_key, conversation_id])
            for _, conversation_id, began_at, ended_at in group
            if (account_key, conversation_id) in numbers
        ]
        began, ended, order = zip(*dated, strict=True) if dated else ((), (), ())
        found[account_key] = Calendar(began=began, ended=ended, numbers=order)
    return found


def conversation_numbers(index: MessageIndex) -> Mapping[tuple[str, str], int]:
    """Return the number in the index of each (account_key, conversation_id)."""
    columns = index.conversations.select("account_key", "conversation_id", "conversation_number")
    return {(account_key, conversation_id): number for account_key, conversation_id, number in columns.iter_rows()}


def conversation_titles(database: Database) -> dict[tuple[str, str], str | None]:
    """Return the title of each (account_key, conversation_id)."""
    rows = database.query("select account_key, conversation_id, title from conversations").rows
    return {(account_key, conversation_id): title for account_key, conversation_id, title in rows}
