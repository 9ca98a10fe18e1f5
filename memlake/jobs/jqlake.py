"""What a lake gives a jq program to read: relations, files of exports, and what it knows in their shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from memlake.errors import MemlakeError, UsageError
from memlake.exports import Member
from memlake.jobs.accounts import account_named
from memlake.jobs.kept import kept_files, opened
from memlake.lake import catalog, sqlfiles
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake
from memlake.query.jq.shapes import conversation_records, relation_records
from memlake.query.jq.sources import (
    CONVERSATION_FILE,
    DEFAULT_RELATION,
    JSON_SUFFIXES,
    ListSource,
    Source,
    members_called,
    source_of_members,
)


class Holdings:
    """An open lake, of it one account or all; it stays open until the stack is left.

    `is_all` adds deleted memories and likely saves.
    """

    def __init__(self, lake: Path, stack: ExitStack, *, account: str | None, is_all: bool) -> None:
        self._stack = stack
        self._layout = Layout(lake)
        self._database = stack.enter_context(open_lake(self._layout))
        self._account_key = account_named(self._database, account)
        self._is_all = is_all

    def relation(self, name: str) -> Source:
        """Return the rows of a relation."""
        note = self._what_is_uncertain() if name == DEFAULT_RELATION else None  # a later query would end the rows
        records = self._records(name)
        first = next(records, None)
        if first is not None:
            return ListSource(name=name, records=chain([first], records), note=note)
        unless = ", unless deleted or likely ones (--all)" if name == DEFAULT_RELATION and not self._is_all else ""
        return ListSource(name=name, records=(), note=f"the lake holds no {name}{unless}")

    def in_shape_of(self, file_name: str) -> Source:
        """Return what the lake knows in the shape of a file."""
        note = f"no export at hand holds {file_name}; this is what the lake knows, in its shape"
        if file_name == CONVERSATION_FILE:
            records = conversation_records(self._database, account_key=self._account_key)
            return ListSource(name=file_name, records=records, note=note)
        uncertain = self._what_is_uncertain()
        note = f"{note}; {uncertain}" if uncertain else note
        return ListSource(name=file_name, records=self._records(DEFAULT_RELATION), note=note)

    def newest(self, file_name: str) -> Source:
        """Return a file of the newest export. Raises `MemlakeError` if that does not hold it."""
        newest = next(self._exports(), None)
        if newest is None:
            raise MemlakeError("the lake holds no exports", hint="take one in with: memlake ingest EXPORT.zip")
        export_key, about = newest
        members = self._members(export_key)
        if found := members_called(members, file_name):
            return source_of_members(file_name, found)
        names = [member.base_name for member in members if member.name.lower().endswith(JSON_SUFFIXES)]
        hint = f"it holds: {', '.join(names)}" if names else "its files are not where they were"
        raise UsageError(f"the newest export, {about}, holds no {file_name}", hint=hint)

    def newest_held(self, file_name: str) -> Source | None:
        """Return a file of the newest export that holds it; `None` if none at hand does."""
        for export_key, about in self._exports():
            if found := members_called(self._members(export_key), file_name):
                return source_of_members(file_name, found, note=f"{file_name} of the export {about}")
        return None

    def _what_is_uncertain(self) -> str | None:
        count = self._database.number(sqlfiles.report("jq_unknown"), {"account_key": self._account_key})
        few = "1 of the memories is" if count == 1 else f"{count:,} of the memories are"
        return f"{few} in no list any more and may be gone: memlake list --state unknown" if count else None

    def _records(self, name: str) -> Iterator[bytes]:
        return relation_records(self._database, name, account_key=self._account_key, is_all=self._is_all)

    def _exports(self) -> Iterator[tuple[int, str]]:
        rows = self._database.query(sqlfiles.report("jq_exports"), {"account_key": self._account_key}).as_dicts()
        for row in rows:
            made_at = row["exported_at"]
            yield row["export_key"], f"{row['file_name']}{f', made {made_at:%Y-%m-%d}' if made_at else ''}"

    def _members(self, export_key: int) -> Sequence[Member]:
        """Return the text members of an export, none if its files are gone."""
        entries = [entry for entry in catalog.entries(self._database) if entry.export_key == export_key]
        kept, _ = kept_files(self._layout, entries)
        return next((self._stack.enter_context(opened(entry, paths)).members for entry, paths in kept.items()), ())
