"""Builds the search index of a lake, and catches it up with what changed since.

Each change makes a new generation in a folder of its own, which shares unchanged files with the one before. The
stamp decides which one counts, so a run that is killed leaves the former, and readers keep what they opened.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import polars as pl
import tantivy

from memlake.lake import sqlfiles
from memlake.lake.analysis import tokens
from memlake.lake.connection import Database
from memlake.lake.fulltext_catalog import Catalog, current_conversations, message_frame
from memlake.lake.fulltext_stamp import Stamp, generation_folder, index_version
from memlake.lake.layout import FOLDER_MODE, make_private

Report = Callable[[int, int], None]
"""Told how many bytes of text are indexed, and of how many."""

USER, OTHER = "user", "other"
SIDES = (USER, OTHER)
"""An index each for what the user said and for all else: tantivy's average length counts messages without a field."""

WORDS, MESSAGE, CONVERSATION, ACCOUNT = "words", "message_number", "conversation_number", "account_number"
SPOKEN, SAID_AT = "is_spoken", "said_at"
UNDATED = -1
"""The second of a message whose time is unknown, long before all others."""
_WORDS_OPTION = "position"  # for phrases; half of the size

_BATCH_CHARACTERS = 8_000_000
_HEAP_BYTES = 80_000_000
_MAX_DROPPED_SHARE = 0.5

_MessageRow = tuple[int, int, str, str, int, bool, float | None, str]
"""Its place among all, its conversation's place, message_id, role, position, is_spoken, said_at, text."""


def catch_up(folder: Path, database: Database, *, state: str, former: Stamp | None, report: Report) -> Stamp:
    """Make the index hold what the lake holds, and return its stamp, which is written.

    `state` is that of the database's file, `former` the stamp of a whole index. Only for the holder of the lock.
    """
    database.limit_memory()
    catalog = Catalog.read(former.folder(folder)) if former else Catalog.empty()
    current = current_conversations(database)
    gone = catalog.gone(current)
    if former and gone.is_empty() and len(current) == len(catalog.conversations):
        stamp = replace(former, database=state)
        stamp.write(folder)
        return stamp
    kept = catalog.without(gone)
    dropped = len(catalog.messages) - len(kept.messages) + (former.dropped_count if former else 0)
    if former and dropped > len(kept.messages) * _MAX_DROPPED_SHARE:
        return catch_up(folder, database, state=state, former=None, report=report)
    build = _Generation(folder, former)
    try:
        build.drop(gone)
        build.add(kept.missing(current), kept, database, report)
        stamp = build.finish(state, dropped)
    except BaseException:
        build.abandon()
        raise
    sweep(folder, stamp)
    return stamp


def sweep(folder: Path, stamp: Stamp | None) -> None:
    """Remove every generation but the one that counts; what another process holds open may have to wait."""
    for path in folder.glob("index-*"):
        if stamp is None or path != stamp.folder(folder):
            shutil.rmtree(path, ignore_errors=True)


def index_schema() -> tantivy.Schema:
    """Return the fields of a document: one message."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(WORDS, tokenizer_name="whitespace", index_option=_WORDS_OPTION)
    builder.add_integer_field(MESSAGE, fast=True)  # unsigned ones refuse Python's numbers
    builder.add_integer_field(CONVERSATION, indexed=True, fast=True)
    builder.add_integer_field(ACCOUNT, indexed=True, fast=True)
    builder.add_integer_field(SPOKEN, indexed=True)
    builder.add_integer_field(SAID_AT, fast=True)
    return builder.build()


class _Generation:
    """A new state of the index, in a folder of its own until its stamp is written."""

    def __init__(self, folder: Path, former: Stamp | None) -> None:
        self._folder = folder
        self._former = former
        self._number = former.generation + 1 if former else _free_number(folder)
        self._place = generation_folder(folder, self._number)
        self._next_message = former.next_message_number if former else 0
        self._next_conversation = former.next_conversation_number if former else 0
        self._catalog = Catalog.empty()
        shutil.rmtree(self._place, ignore_errors=True)
        self._place.mkdir(mode=FOLDER_MODE)
        self._writers: dict[str, tantivy.IndexWriter] = {}
        for side in SIDES:
            (self._place / side).mkdir(mode=FOLDER_MODE)
            if former:
                _share_files(former.folder(folder) / side, self._place / side)
            index = tantivy.Index(index_schema(), path=str(self._place / side), reuse=former is not None)
            self._writers[side] = index.writer(_HEAP_BYTES, 1)

    def drop(self, conversation_numbers: pl.Series) -> None:
        """Delete the documents of some conversations."""
        for number in conversation_numbers:
            for writer in self._writers.values():
                writer.delete_documents_by_term(CONVERSATION, number)

    def add(self, conversations: pl.DataFrame, kept: Catalog, database: Database, report: Report) -> None:
        """Add the documents of new and changed conversations, and put them into the catalogue behind the kept."""
        numbered = kept.numbered(conversations, first_number=self._next_conversation)
        self._next_conversation += len(numbered)
        keys = _keys(numbered)
        done, total = 0, database.number(sqlfiles.report("index_size"), keys)
        report(done, total)
        added = [message_frame({})]
        for batch in _batches(database.stream(sqlfiles.report("index_messages"), keys)):
            added.append(self._add_batch(batch, numbered))
            done += sum(len(text.encode()) for *_, text in batch)
            report(done, total)
        messages = pl.concat(added).sort(MESSAGE)
        self._next_message += len(messages)
        self._catalog = Catalog(pl.concat([kept.conversations, numbered]), pl.concat([kept.messages, messages]))

    def finish(self, state: str, dropped_count: int) -> Stamp:
        """Make everything durable, then write the stamp."""
        for writer in self._writers.values():
            writer.commit()
            writer.wait_merging_threads()
        self._writers.clear()
        self._catalog.write(self._place)
        stamp = Stamp(
            version=index_version(),
            database=state,
            generation=self._number,
            files=_file_sizes(self._place),
            message_count=len(self._catalog.messages),
            next_message_number=self._next_message,
            next_conversation_number=self._next_conversation,
            dropped_count=dropped_count,
        )
        stamp.write(self._folder)
        return stamp

    def abandon(self) -> None:
        """Remove what is there of it."""
        self._writers.clear()
        shutil.rmtree(self._place, ignore_errors=True)

    def _add_batch(self, batch: Sequence[_MessageRow], conversations: pl.DataFrame) -> pl.DataFrame:
        places, owner_places, message_ids, roles, positions, are_spoken, said_at, texts = zip(*batch, strict=True)
        numbers = [self._next_message + place for place in places]
        owners = conversations[list(owner_places)]
        documents = tokens(pl.Series(texts, dtype=pl.String)).list.join(" ")
        columns = zip(
            documents, roles, numbers, owners[CONVERSATION], owners[ACCOUNT], are_spoken, said_at, strict=True
        )
        for words, role, number, conversation_number, account_number, is_spoken, second in columns:
            values: dict[str, Any] = {
                WORDS: words,
                MESSAGE: number,
                CONVERSATION: conversation_number,
                ACCOUNT: account_number,
                SPOKEN: int(is_spoken),
                SAID_AT: UNDATED if second is None else int(second),
            }
            self._writers[USER if role == "user" else OTHER].add_document(tantivy.Document(**values))
        return message_frame(
            {
                MESSAGE: numbers,
                CONVERSATION: owners[CONVERSATION].to_list(),
                "message_id": message_ids,
                "role": roles,
                "position": positions,
                SPOKEN: are_spoken,
                SAID_AT: said_at,
            }
        )


def _keys(conversations: pl.DataFrame) -> dict[str, object]:
    return {
        "account_keys": conversations["account_key"].to_list(),
        "conversation_ids": conversations["conversation_id"].to_list(),
    }


def _batches(rows: Iterable[Sequence[_MessageRow]]) -> Iterator[list[_MessageRow]]:
    """Yield messages that together have not too much text."""
    batch: list[_MessageRow] = []
    filled = 0
    for row in chain.from_iterable(rows):
        batch.append(row)
        filled += len(row[-1])
        if filled >= _BATCH_CHARACTERS:
            yield batch
            batch, filled = [], 0
    if batch:
        yield batch


def _free_number(folder: Path) -> int:
    """Return a number above those of all folders: damaged generations may be open elsewhere."""
    numbers = [path.name.removeprefix("index-") for path in folder.glob("index-*")]
    return max((int(number) for number in numbers if number.isdecimal()), default=0) + 1


def _share_files(source: Path, target: Path) -> None:
    """Let a new generation have the files of the former, which tantivy replaces but never changes."""
    for path in source.iterdir():
        if path.suffix == ".lock":
            continue
        try:
            os.link(path, target / path.name)
        except OSError:  # a file system without hard links
            shutil.copyfile(path, target / path.name)


def _file_sizes(place: Path) -> dict[str, int]:
    sizes = {}
    for path in sorted(place.rglob("*")):
        if path.is_file() and path.suffix != ".lock":
            with suppress(OSError):  # a file system without modes
                make_private(path)
            sizes[path.relative_to(place).as_posix()] = path.stat().st_size
    return sizes
