"""What stands beside the search index: which message, of which conversation, a number in it means."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import polars as pl

from memlake.lake import sqlfiles
from memlake.lake.connection import Database

CONVERSATIONS_FILE = "conversations.parquet"
MESSAGES_FILE = "messages.parquet"

_CURRENT = pl.Schema({"account_key": pl.String, "conversation_id": pl.String, "fingerprint": pl.String})
_CONVERSATIONS = pl.Schema([("conversation_number", pl.Int64), ("account_number", pl.Int64), *_CURRENT.items()])
_MESSAGES = pl.Schema(
    {
        "message_number": pl.Int64,
        "conversation_number": pl.Int64,
        "message_id": pl.String,
        "role": pl.String,
        "position": pl.Int32,
    }
)


@dataclass(frozen=True, slots=True)
class Catalog:
    """Conversations and messages by their numbers; both tables are sorted by them, and numbers are never used again.

    The messages of one conversation have consecutive numbers in reading order; those without text have none.
    """

    conversations: pl.DataFrame
    messages: pl.DataFrame

    @staticmethod
    def empty() -> Catalog:
        """Return the catalogue of an index without messages."""
        return Catalog(pl.DataFrame(schema=_CONVERSATIONS), pl.DataFrame(schema=_MESSAGES))

    @staticmethod
    def read(folder: Path) -> Catalog:
        """Read both tables."""
        with (folder / CONVERSATIONS_FILE).open("rb") as conversations, (folder / MESSAGES_FILE).open("rb") as messages:
            return Catalog(read_table(conversations), read_table(messages))

    def write(self, folder: Path) -> None:
        """Write both tables; messages in pieces, so that a few can be read without the rest."""
        self.conversations.write_parquet(folder / CONVERSATIONS_FILE, compression="lz4")
        self.messages.write_parquet(folder / MESSAGES_FILE, compression="lz4", row_group_size=50_000)

    def without(self, conversation_numbers: pl.Series) -> Catalog:
        """Return the catalogue without some conversations."""
        gone = conversation_numbers.to_frame()
        tables = (self.conversations, self.messages)
        return Catalog(
            *(table.join(gone, on="conversation_number", how="anti", maintain_order="left") for table in tables)
        )

    def gone(self, current: pl.DataFrame) -> pl.Series:
        """Return the numbers of conversations that are not, or not like this, among the current ones."""
        return self.conversations.join(current, on=_CURRENT.names(), how="anti")["conversation_number"]

    def missing(self, current: pl.DataFrame) -> pl.DataFrame:
        """Return the current conversations that are not, or not like this, in the catalogue, in their order."""
        return current.join(self.conversations, on=_CURRENT.names(), how="anti", maintain_order="left")

    def numbered(self, conversations: pl.DataFrame, *, first_number: int) -> pl.DataFrame:
        """Return new conversations with their numbers, and those of their accounts: known ones keep theirs."""
        accounts = self.conversations.group_by("account_key").agg(pl.col("account_number").first())
        new = conversations.select(pl.col("account_key").unique(maintain_order=True)).join(
            accounts, on="account_key", how="anti", maintain_order="left"
        )
        highest = accounts["account_number"].max()
        first_account = highest + 1 if isinstance(highest, int) else 0
        numbers = pl.Series("account_number", range(first_account, first_account + len(new)), dtype=pl.Int64)
        accounts = pl.concat([accounts, new.with_columns(numbers)])
        own = pl.Series("conversation_number", range(first_number, first_number + len(conversations)), dtype=pl.Int64)
        joined = conversations.with_columns(own).join(accounts, on="account_key", maintain_order="left")
        return joined.select(_CONVERSATIONS.names())


def read_table(file: BinaryIO) -> pl.DataFrame:
    """Read one of the two tables from an open file, which may be gone from its folder meanwhile."""
    file.seek(0)
    return pl.read_parquet(file)


def current_conversations(database: Database) -> pl.DataFrame:
    """Return the conversations of a lake with a fingerprint of the records that each is made of."""
    rows = database.query(sqlfiles.report("index_conversations")).rows
    return pl.DataFrame(rows, schema=_CURRENT, orient="row")


def message_frame(columns: dict[str, list[object]]) -> pl.DataFrame:
    """Return rows of the table of messages."""
    return pl.DataFrame(columns, schema=_MESSAGES)
