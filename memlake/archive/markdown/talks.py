"""The conversations of an archive with their messages, as they are read from the lake: some at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from memlake.archive.markdown.names import month_of, page_name
from memlake.archive.scope import Scope
from memlake.lake import sqlfiles
from memlake.lake.connection import Database

_BATCH_BYTES = 8 * 1024 * 1024


class Head(NamedTuple):
    """What is known about a conversation as a whole; `titles` are all that exports show, the earliest first.

    `page` is the name of its page, by which links find it, also those of the user's own after it was renamed.
    """

    account_key: str
    conversation_id: str
    title: str | None
    titles: Sequence[str | None]
    url: str | None
    created_at: datetime | None
    updated_at: datetime | None
    message_count: int
    model: str | None
    project_id: str | None
    project_name: str | None
    is_archived: bool | None
    is_vanished: bool | None
    kind: str
    text_bytes: int
    record_key: int | None
    page: str

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by."""
        return self.account_key, self.conversation_id

    @property
    def names(self) -> list[str]:
        """The title and those it had before."""
        return [title for title in dict.fromkeys([self.title, *self.titles]) if title and title.strip()]

    @property
    def path(self) -> str:
        """Where its page is in the archive."""
        return f"conversations/{month_of(self.created_at)}/{self.page}.md"


class Message(NamedTuple):
    """One message; one that a person saw or wrote `is_spoken`, the text of others is of tools or hidden."""

    conversation_place: int
    position: int
    message_id: str
    parent_id: str | None
    role: str | None
    author_name: str | None
    recipient: str | None
    content_type: str | None
    text: str
    spoken_text: str | None
    said_at: str | None
    model: str | None
    is_voice: bool | None
    is_on_active_path: bool
    is_spoken: bool

    @property
    def number(self) -> int:
        """Which one of the conversation it is, from 1."""
        return self.position + 1


class Attachment(NamedTuple):
    """A file that a message carries."""

    name: str | None
    kind: str | None
    size_bytes: int | None
    attachment_id: str


class Extras(NamedTuple):
    """What belongs to the messages of a conversation beside their text, by message: files, what calls did.

    `repeats` are messages whose custom instructions an earlier conversation carried first: that one.
    """

    attachments: dict[str, list[Attachment]]
    calls: dict[str, str]
    repeats: dict[str, str]


def conversation_heads(database: Database, scope: Scope) -> list[Head]:
    """Return the conversations of an archive, in the order in which their messages are read fastest."""
    parameters: dict[str, object] = {"account_key": scope.account_key, "since": scope.since}
    rows = database.query(sqlfiles.report("archive_conversations"), parameters).as_dicts()
    return [
        Head(**row, page=page_name(row["created_at"], row["titles"][0], row["account_key"], row["conversation_id"]))
        for row in rows
    ]


def message_extras(database: Database, scope: Scope) -> Mapping[tuple[str, str], Extras]:
    """Return what belongs to the messages of one account or all, by account and conversation."""
    parameters: dict[str, object] = {"account_key": scope.account_key}
    extras: defaultdict[tuple[str, str], Extras] = defaultdict(lambda: Extras({}, {}, {}))
    for account, talk, message, *told in database.query(sqlfiles.report("archive_attachments"), parameters).rows:
        extras[account, talk].attachments.setdefault(message, []).append(Attachment(*told))
    for account, talk, message, action in database.query(sqlfiles.report("archive_calls"), parameters).rows:
        extras[account, talk].calls[message] = action
    for account, talk, message, first in database.query(sqlfiles.report("archive_instructions"), parameters).rows:
        extras[account, talk].repeats[message] = first
    return dict(extras)


def conversations_with_messages(database: Database, heads: Sequence[Head]) -> Iterator[tuple[Head, list[Message]]]:
    """Yield each conversation with its messages in reading order; only so many at a time are in memory."""
    for batch in _batches(heads):
        keys: dict[str, object] = {
            "account_keys": [head.account_key for head in batch],
            "conversation_ids": [head.conversation_id for head in batch],
            "record_keys": [head.record_key for head in batch],
            "are_told_by_several": any(head.record_key is None for head in batch),
        }
        rows = database.query(sqlfiles.report("archive_messages"), keys).rows
        rows.sort(key=itemgetter(0, 1))
        told = {place: list(map(Message._make, of_one)) for place, of_one in groupby(rows, key=itemgetter(0))}
        for place, head in enumerate(batch):
            yield head, told.get(place, [])


def _batches(heads: Sequence[Head]) -> Iterator[list[Head]]:
    batch: list[Head] = []
    batch_bytes = 0
    for head in heads:
        batch.append(head)
        batch_bytes += head.text_bytes
        if batch_bytes >= _BATCH_BYTES:
            yield batch
            batch, batch_bytes = [], 0
    if batch:
        yield batch
