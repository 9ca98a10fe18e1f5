"""The messages that may say what a memory says, with their neighbours: texts, speakers, times, words, sentences."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from memlake.lake import sqlfiles
from memlake.lake.analysis import words_among
from memlake.lake.connection import Database
from memlake.lake.fulltext import MessageIndex
from memlake.lookup.sentences import CLOSELY_READ_CHARACTERS, Sentence, sentences_of

NEIGHBOURHOOD = (-1, 1)
"""Where the messages stand that are read around one: before and after it."""

_ANY_LENGTH = 2**31 - 1
_READ_OF_NEIGHBOURS = 800


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One message: what somebody said, and which of the words that were asked for are in it.

    A message that only stands beside others has no sentences, and of its text and its words only the beginning.
    """

    number: int
    conversation_number: int
    conversation_id: str
    message_id: str
    is_by_user: bool
    is_spoken: bool  # not a call of a tool, a reply of one, or hidden
    text: str
    sentences: tuple[Sentence, ...]
    words: frozenset[str]
    first_words: frozenset[str]  # those of its beginning: all that counts for the messages around
    said_at: float | None  # seconds since 1970

    @property
    def word_count(self) -> int:
        """How many words its sentences have."""
        return sum(len(sentence.words) for sentence in self.sentences)


class Passages:
    """Messages by their number in the index; a number without a text has no passage."""

    def __init__(self, passages: dict[int, Passage], silenced: Collection[int] = ()) -> None:
        self._passages = passages
        self._silenced = silenced

    def get(self, number: int) -> Passage | None:
        """Return a message that was read."""
        return self._passages.get(number)

    def spoken_neighbour(self, passage: Passage, distance: int) -> Passage | None:
        """Return the message so many places before (negative) or after another one, if a person saw or wrote it."""
        other = self._passages.get(passage.number + distance)
        if other is None or other.conversation_number != passage.conversation_number or not other.is_spoken:
            return None
        return None if other.number in self._silenced else other

    def without(self, numbers: Collection[int]) -> Passages:
        """Return the same, as if nobody had said some of them: what stands around these gains nothing by them."""
        return Passages(self._passages, numbers)


def read_passages(
    database: Database, index: MessageIndex, numbers: Collection[int], *, words: Collection[str]
) -> Passages:
    """Read messages as a whole, and the beginnings of those around them; `words` are those that will be asked for."""
    asked, whole = frozenset(words), set(numbers)
    around = {number + step for number in whole for step in NEIGHBOURHOOD}
    places = index.messages(sorted(whole | around))
    lengths = {number: _ANY_LENGTH if number in whole else _READ_OF_NEIGHBOURS for number in places["message_number"]}
    keys = {f"{name}s": places[name].to_list() for name in ("account_key", "conversation_id", "message_id")}
    texts = _texts(database, keys, lengths)
    sentences = _sentences({number: text for number, text in texts.items() if number in whole})
    beginnings = {number: text[:_READ_OF_NEIGHBOURS] for number, text in texts.items() if number in around}
    first_words = dict(zip(beginnings, words_among(list(beginnings.values()), asked), strict=True))
    said = first_words | _words(texts, sentences, asked)
    columns = ("message_number", "conversation_number", "conversation_id", "message_id", "role", "is_spoken", "said_at")
    passages: dict[int, Passage] = {}
    for number, conversation_number, conversation_id, message_id, role, is_spoken, said_at in places[columns].rows():
        passages[number] = Passage(
            number=number,
            conversation_number=conversation_number,
            conversation_id=conversation_id,
            message_id=message_id,
            is_by_user=role == "user",
            is_spoken=is_spoken,
            text=texts[number],
            sentences=sentences.get(number, ()),
            words=said[number],
            first_words=first_words.get(number, frozenset()),
            said_at=said_at,
        )
    return Passages(passages)


def _texts(database: Database, keys: Mapping[str, list[str]], lengths: Mapping[int, int]) -> dict[int, str]:
    """Return the texts of messages by their numbers; `lengths` says how many characters of each, in the same order."""
    parameters: dict[str, object] = {**keys, "most_characters": list(lengths.values())}
    rows = database.query(sqlfiles.report("lookup_messages"), parameters).rows
    return {number: str(text) for number, (text,) in zip(lengths, rows, strict=True)}


def _sentences(texts: Mapping[int, str]) -> dict[int, tuple[Sentence, ...]]:
    return dict(zip(texts, sentences_of(list(texts.values())), strict=True))


def _words(
    texts: Mapping[int, str], sentences: Mapping[int, tuple[Sentence, ...]], asked: frozenset[str]
) -> dict[int, frozenset[str]]:
    """Return the words of the messages that were cut into sentences, those of an endless one from all of it."""
    said = {
        number: asked.intersection(word for one in found for word in one.words) for number, found in sentences.items()
    }
    endless = [number for number in sentences if len(texts[number]) > CLOSELY_READ_CHARACTERS]
    return said | dict(zip(endless, words_among([texts[number] for number in endless], asked), strict=True))
