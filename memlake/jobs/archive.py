"""The archive of a lake: what it is to hold, written beside the old one, read back, and put in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from memlake import __version__
from memlake.archive.base import base_files, why_not_restorable
from memlake.archive.datasets import TABULAR_FORMATS, dataset_files, relations_in
from memlake.archive.manifest import (
    ARCHIVE,
    ARCHIVE_VERSION,
    Manifest,
    Origin,
    Recipe,
    RelationEntry,
    read_manifest,
    rows_by_relation,
)
from memlake.archive.markdown import Style, markdown_files
from memlake.archive.scope import Scope
from memlake.errors import UsageError
from memlake.folders.files import FileEntry, FolderFile
from memlake.folders.writing import Comparison, FolderWriter, is_whole, only_folder_writer
from memlake.jobs.accounts import account_named
from memlake.jobs.progress import Progress
from memlake.lake import schema
from memlake.lake.connection import Database
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake
from memlake.lake.relations import Relation, base_tables, content_hash

ArchiveFormat = Literal["markdown", "parquet", "jsonl", "csv"]
FORMATS: tuple[ArchiveFormat, ...] = ("markdown", "parquet", "jsonl", "csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveOptions:
    """What to archive and how; `is_neutral` makes cells of the CSV harmless that a spreadsheet would compute."""

    formats: tuple[ArchiveFormat, ...] = ("markdown", "parquet")
    style: Style = "full"
    is_neutral: bool = False
    account: str | None = None
    since: datetime | None = None
    only: Literal["memories", "conversations"] | None = None
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSummary:
    """What an archive holds, and which of its files were written, left as they were, or removed."""

    folder: str
    is_dry_run: bool
    is_restorable: bool
    why_not_restorable: str | None
    formats: tuple[str, ...]
    file_count: int
    size_bytes: int
    files: Comparison


def archive(lake: Path, folder: Path, *, options: ArchiveOptions, progress: Progress) -> ArchiveSummary:
    """Write a lake into a folder for keeps; of an archive that is there only what differs is written.

    Raises `MemlakeError`, and changes nothing, if the folder cannot be written, or holds a file of somebody else under
    a name that the archive needs.
    """
    if folder.resolve() == lake.resolve():
        raise UsageError(f"{folder} is the lake itself", hint="choose another folder for the archive")
    with open_lake(Layout(lake)) as database:
        database.read_in_order()
        plan = _Plan(database, options)
        if options.is_dry_run:
            return _write(plan, folder, progress)
        with only_folder_writer(folder, ARCHIVE):
            return _write(plan, folder, progress)


class _Plan:
    """What an archive of an open lake holds."""

    def __init__(self, database: Database, options: ArchiveOptions) -> None:
        self.options = options
        self.formats = tuple(name for name in FORMATS if name in options.formats)
        self.scope = Scope(account_key=account_named(database, options.account), since=options.since, only=options.only)
        self.obstacle = why_not_restorable(self.scope)
        self.database = database
        self.origin = Origin(
            memlake_version=__version__,
            schema_version=schema.schema_version(database),
            lake_content=content_hash(database),
            recipe=Recipe(
                formats=self.formats,
                style=options.style,
                csv_cells="neutralised" if options.is_neutral else "verbatim",
                account_key=self.scope.account_key,
                since=options.since.isoformat() if options.since else None,
                only=options.only,
            ),
        )

    def files(self, progress: Progress) -> Iterator[FolderFile]:
        """Yield all files but the manifest."""
        schema_version = self.origin.schema_version
        if self.obstacle is None:
            progress.step("writing the base tables")
            yield from base_files(self.database, schema_version=schema_version)
        if tabular := [name for name in self.formats if name in TABULAR_FORMATS]:
            progress.step("writing the relations")
            yield from dataset_files(
                self.database,
                self.scope,
                tabular,
                schema_version=schema_version,
                is_neutral=self.options.is_neutral,
            )
        if "markdown" in self.formats:
            progress.step("writing the pages")
            yield from markdown_files(self.database, self.scope, style=self.options.style)

    def manifest(self, files: tuple[FileEntry, ...]) -> Manifest:
        """Return the manifest of the files that were written."""
        counts = rows_by_relation(files)
        tabular = next((name for name in self.formats if name in TABULAR_FORMATS), None)
        relations = relations_in(self.database, self.scope) if tabular else []
        base = base_tables(self.database) if self.obstacle is None else []
        return Manifest(
            archive_version=ARCHIVE_VERSION,
            origin=self.origin,
            is_restorable=self.obstacle is None,
            why_not_restorable=self.obstacle,
            relations=tuple(_entry(relation, counts.get((tabular or "", relation.name), 0)) for relation in relations),
            base=tuple(_entry(table, counts.get(("base", table.name.removeprefix("raw.")), 0)) for table in base),
            files=files,
        )


def _write(plan: _Plan, folder: Path, progress: Progress) -> ArchiveSummary:
    progress.step("comparing with the archive that is there")
    old = read_manifest(folder)
    if old and old.origin == plan.origin and is_whole(folder, old):
        paths = tuple(file.path for file in old.files)
        return _summary(plan, folder, old.files, Comparison(new=(), changed=(), unchanged=paths, removed=(), kept=()))
    writer = FolderWriter(folder, ARCHIVE, old, plan.options.is_dry_run)
    writer.add(plan.files(progress))
    comparison = writer.compare()
    if not plan.options.is_dry_run:
        progress.step("putting the archive in its place")
        writer.finish(plan.manifest(writer.entries))
    return _summary(plan, folder, writer.entries, comparison)


def _summary(plan: _Plan, folder: Path, files: tuple[FileEntry, ...], comparison: Comparison) -> ArchiveSummary:
    return ArchiveSummary(
        folder=str(folder.resolve()),
        is_dry_run=plan.options.is_dry_run,
        is_restorable=plan.obstacle is None,
        why_not_restorable=plan.obstacle,
        formats=plan.formats,
        file_count=len(files),
        size_bytes=sum(file.size_bytes for file in files),
        files=comparison,
    )


def _entry(relation: Relation, rows: int) -> RelationEntry:
    return RelationEntry(
        name=relation.name, rows=rows, grain=relation.grain, key=relation.key, columns=relation.columns
    )
