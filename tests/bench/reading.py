"""How anybody would read an assistant's conversations, for the bench's weighing of exports and for the peers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

CHUNK_BYTES = 1 << 20

_RECORD_START_BYTES = 400  # longer than any match: how far a start can reach into the next chunk

Json = dict[str, Any]


class SimpleConversation(NamedTuple):
    """What a usual tool keeps of a conversation."""

    conversation_id: str
    title: str
    created: float | str
    updated: float | str


class SimpleMessage(NamedTuple):
    """What a usual tool keeps of a message."""

    message_id: str
    conversation_id: str
    parent_id: str | None
    role: str
    recipient: str | None
    content_type: str | None
    text: str | None
    created: float | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One assistant's way to write conversations, as the generator follows it.

    `record_start` matches between two elements of the array. `texts` are what a person can read in each message.
    `duckdb_messages` makes a table of the messages in the file `$path`.
    """

    record_start: re.Pattern[bytes]
    texts: Callable[[Json], Iterator[str]]
    conversation: Callable[[Json], SimpleConversation]
    messages: Callable[[Json], Iterator[SimpleMessage]]
    duckdb_messages: str


def conversation_records(path: Path, reading: Reading) -> Iterator[bytes]:
    """Yield every conversation's bytes; memory holds the largest one. Only for generated exports."""
    with zipfile.ZipFile(path) as archive, archive.open("conversations.json") as member:
        pending, searched = b"", 0
        while chunk := member.read(CHUNK_BYTES):
            pending += chunk
            starts = [match.end() for match in reading.record_start.finditer(pending, searched)]
            begin = 0
            for start in starts:
                yield pending[begin:start].strip(b"[, ")
                begin = start
            pending = pending[begin:]
            searched = max(0, len(pending) - _RECORD_START_BYTES)
        yield pending.removesuffix(b"]").strip(b"[, ")
