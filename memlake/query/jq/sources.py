"""Where input comes from: JSON text as it stands, or one list whose records come one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from memlake.errors import ExportError
from memlake.exports import Member
from memlake.exports.documents import DocumentReader
from memlake.query.jq.pieces import PIECE_BYTES, Piece, batched

MEMORY_FILE, CONVERSATION_FILE = "memory.json", "conversations.json"
DEFAULT_RELATION = "memories"
RELATIONS = (DEFAULT_RELATION, "messages", "sources", "events", "changes")
JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")

_CHUNK_BYTES = 256 * 1024
_NUMBERED = re.compile(r"-\d{2,4}(?=\.json$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSource:
    """JSON text, read once. `name` is for messages, `file_name` what the program gets to know, `note` for people."""

    name: str
    chunks: Iterator[bytes]
    file_name: str | None = None
    note: str | None = None
    piece_bytes: int = PIECE_BYTES

    def pieces(self) -> Iterator[Piece]:
        """Yield the records of each list, some at a time; from the first document that is none on, the whole rest."""
        reader = DocumentReader(self.chunks, self.name)
        list_count = 0
        for elements in reader.lists():
            yield from batched(elements, document=list_count, piece_bytes=self.piece_bytes)
            list_count += 1
        if rest := reader.rest():
            yield Piece(text=rest, document=list_count)

    def whole(self) -> bytes:
        """Return all of the text."""
        return DocumentReader(self.chunks, self.name).rest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSource:
    """One list, read once."""

    name: str
    records: Iterable[bytes]
    file_name: str | None = None
    note: str | None = None

    def pieces(self) -> Iterator[Piece]:
        """Yield the records, some at a time."""
        return batched(self.records)

    def whole(self) -> bytes:
        """Return the list."""
        return b"".join([b"[", b",".join(self.records), b"]"])


Source = TextSource | ListSource


def source_of_stream(stream: BinaryIO, name: str, *, file_name: str | None = None) -> Source:
    """Return what can be read from an open file."""
    return TextSource(name=name, chunks=iter(lambda: stream.read(_CHUNK_BYTES), b""), file_name=file_name)


def source_of_members(name: str, members: Sequence[Member], *, note: str | None = None) -> Source:
    """Return a member as it stands; several are the parts of one list."""
    if len(members) == 1:
        return TextSource(name=name, chunks=_bytes_of(members[0]), file_name=name, note=note)
    return ListSource(name=name, records=chain.from_iterable(map(_elements, members)), file_name=name, note=note)


def members_called(members: Sequence[Member], name: str) -> list[Member]:
    """Return the members with a name, or with its name and a number where a list is in several parts."""
    exact = [member for member in members if name in (member.name, member.base_name)]
    return exact or [member for member in members if _NUMBERED.sub("", member.base_name) == name]


def _bytes_of(member: Member) -> Iterator[bytes]:
    with member.open() as stream:
        yield from stream


def _elements(member: Member) -> Iterator[bytes]:
    reader = DocumentReader(_bytes_of(member), member.name)
    yield from chain.from_iterable(reader.lists())
    if reader.rest():
        raise ExportError(f"{member.name} is not a JSON list")
