"""The messages that may say what a memory says, with their neighbours: texts, speakers, times, and counts of words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from memlake.lake import sqlfiles
from memlake.lake.analysis import count_words
from memlake.lake.connection import Database
from memlake.lake.fulltext import MessageIndex

_ANY_LENGTH = 2**31 - 1


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

    def __init__(self, database: Database, index: MessageIndex) -> None:
        self._database = database
        self._index = index
        self._passages: dict[int, Passage] = {}

    def fetch(self, wanted: Mapping[int, Collection[str]], *, most_characters: int | None = None) -> None:
        """Make sure that these messages are there, with counts of the words that are wanted of each.

        Of a long message only the first `most_characters` are read, unless it is there already.
        """
        self._read([number for number in sorted(wanted) if number not in self._passages], most_characters)
        found = [(passage, words) for number, words in wanted.items() if (passage := self._passages.get(number))]
        if not found:
            return
        word_counts, counts = count_words([passage.text for passage, _ in found], [words for _, words in found])
        for (passage, _), word_count, count in zip(found, word_counts, counts, strict=True):
            self._passages[passage.number] = replace(passage, word_count=word_count, counts={**passage.counts, **count})

    def silence(self, numbers: Collection[int]) -> None:
        """Take messages for what nobody said, so that neither they nor what stands around them gains by their words."""
        for number in numbers:
            self._passages[number] = replace(self._passages[number], is_spoken=False)

    def get(self, number: int) -> Passage | None:
        """Return a message that was fetched."""
        return self._passages.get(number)

    def neighbour(self, passage: Passage, distance: int) -> Passage | None:
        """Return the message that many places before (negative) or after another one in its conversation."""
        other = self._passages.get(passage.number + distance)
        return other if other is not None and other.conversation_number == passage.conversation_number else None

    def _read(self, numbers: list[int], most_characters: int | None) -> None:
        if not numbers:
            return
        places = self._index.messages(numbers)
        names = ("account_key", "conversation_id", "message_id")
        parameters: dict[str, object] = {f"{name}s": places[name].to_list() for name in names}
        parameters["most_characters"] = most_characters or _ANY_LENGTH
        rows = self._database.query(sqlfiles.report("lookup_messages"), parameters).rows
        columns = places.select("message_number", "conversation_number", "conversation_id", "message_id").iter_rows()
        for (number, conversation, conversation_id, message_id), row in zip(columns, rows, strict=True):
            text, is_by_user, is_spoken, created_at = row
            self._passages[number] = Passage(
                number=number,
                conversation_number=conversation,
                conversation_id=conversation_id,
                message_id=message_id,
                is_by_user=is_by_user,
                is_spoken=is_spoken,
                text=text,
                created_at=created_at,
                word_count=0,
                counts={},
            )
