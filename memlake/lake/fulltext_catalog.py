"""What stands beside the search index: which message, of which conversation, a number in it means."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

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
        "is_spoken": pl.Boolean,
        "said_at": pl.Float64,
    }
)


class Place(NamedTuple):
    """Where a message stands; one that a person saw or wrote `is_spoken`. `said_at` are seconds since 1970."""

    conversation_number: int
    conversation_id: str
    position: int
    is_spoken: bool
    said_at: float | None

    @property
    def age(self) -> tuple[float, str, int]:
        """What puts messages in order, the oldest first, in whatever order they were indexed."""
        return math.inf if self.said_at is None else self.said_at, self.conversation_id, self.position


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


class Places:
    """Where messages stand, for many small questions: Polars takes longer to begin with one than to answer it."""

    def __init__(self, catalog: Catalog) -> None:
        messages, conversations = catalog.messages, catalog.conversations
        self._numbers = array("q", messages["message_number"].to_list())
        self._owners = array("q", messages["conversation_number"].to_list())
        self._positions = array("q", messages["position"].to_list())
        self._spoken = bytes(messages["is_spoken"].cast(pl.UInt8).to_list())
        self._said_at = array("d", messages["said_at"].fill_null(math.nan).to_list())
        self._conversation_ids = dict(
            zip(conversations["conversation_number"], conversations["conversation_id"], strict=True)
        )
        self._asked: dict[int, Place] = {}

    def __getitem__(self, message_number: int) -> Place:
        """Return where a message stands. Raises `KeyError` for an unknown number."""
        place = self._asked.get(message_number)
        if place is None:
            place = self._asked[message_number] = self._find(message_number)
        return place

    def _find(self, message_number: int) -> Place:
        row = bisect_left(self._numbers, message_number)
        if row == len(self._numbers) or self._numbers[row] != message_number:
            raise KeyError(message_number)
        said_at = self._said_at[row]
        return Place(
            conversation_number=self._owners[row],
            conversation_id=self._conversation_ids[self._owners[row]],
            position=self._positions[row],
            is_spoken=bool(self._spoken[row]),
            said_at=None if math.isnan(said_at) else said_at,
        )


def current_conversations(database: Database) -> pl.DataFrame:
    """Return the conversations of a lake with a fingerprint of the records that each is made of."""
    rows = database.query(sqlfiles.report("index_conversations")).rows
    return pl.DataFrame(rows, schema=_CURRENT, orient="row")


def message_frame(columns: Mapping[str, Sequence[object]]) -> pl.DataFrame:
    """Return rows of the table of messages."""
    return pl.DataFrame(columns, schema=_MESSAGES)
