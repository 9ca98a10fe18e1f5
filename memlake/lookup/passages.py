"""The messages that may say what a memory says, with their neighbours: texts, speakers, times, and counts of words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from memlake.lake import sqlfiles
from memlake.lake.analysis import count_words
from memlake.lake.connection import Database
from memlake.lake.fulltext import MessageIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One message: what somebody said, and how often it has each of the words that were asked for."""

    number: int
    conversation_number: int
    conversation_id: str
    message_id: str
    is_by_user: bool
    is_spoken: bool  # not a call of a tool, a reply of one, or hidden
    text: str
    created_at: float | None  # seconds since 1970
    word_count: int
    counts: dict[str, int]


class Passages:
    """Messages by their number in the index, fetched in batches; a number without a text has no passage."""

    def __init__(self, database: Database, index: MessageIndex, *, words: Collection[str]) -> None:
        self._database = database
        self._index = index
        self._words = words
        self._passages: dict[int, Passage] = {}

    def fetch(self, numbers: Collection[int]) -> None:
        """Make sure that these messages are there."""
        missing = sorted(set(numbers) - self._passages.keys())
        if missing:
            self._read([number for number in missing if number >= 0])

    def get(self, number: int) -> Passage | None:
        """Return a message that was fetched."""
        return self._passages.get(number)

    def neighbour(self, passage: Passage, distance: int) -> Passage | None:
        """Return the message that many places before (negative) or after another one in its conversation."""
        other = self._passages.get(passage.number + distance)
        return other if other is not None and other.conversation_number == passage.conversation_number else None

    def _read(self, numbers: list[int]) -> None:
        places = self._index.messages(numbers)
        names = ("account_key", "conversation_id", "message_id")
        keys: dict[str, object] = {f"{name}s": places[name].to_list() for name in names}
        rows = self._database.query(sqlfiles.report("lookup_messages"), keys).rows
        texts = [str(row[0]) for row in rows]
        word_counts, counts = count_words(texts, self._words)
        columns = places.select("message_number", "conversation_number", "conversation_id", "message_id").iter_rows()
        described = zip(columns, rows, texts, word_counts, counts, strict=True)
        for (number, conversation, conversation_id, message_id), row, text, word_count, count in described:
            self._passages[number] = Passage(
                number=number,
                conversation_number=conversation,
                conversation_id=conversation_id,
                message_id=message_id,
                is_by_user=bool(row[1]),
                is_spoken=bool(row[2]),
                text=text,
                created_at=row[3],
                word_count=word_count,
                counts=count,
            )
