"""The archive of a lake: what it is to hold, written beside the old one, read back, and put in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from memlake import __version__
from memlake.archive.base import base_files, why_not_restorable
from memlake.archive.datasets import TABULAR_FORMATS, dataset_files, relations_in
from memlake.archive.losses import held_exports, refuse_loss
from memlake.archive.manifest import (
    ARCHIVE,
    ARCHIVE_VERSION,
    TABULAR_FOLDERS,
    Manifest,
    Origin,
    Recipe,
    RelationEntry,
    read_manifest,
    refuse_newer,
    rows_by_relation,
)
from memlake.archive.markdown import markdown_files
from memlake.archive.scope import Only, Scope, Style
from memlake.folders.files import FileEntry, FolderFile
from memlake.folders.writing import (
    Comparison,
    FolderWriter,
    has_leftovers,
    is_whole,
    only_folder_writer,
    plain_reading_errors,
    refuse_interrupted,
    refuse_lake,
)
from memlake.jobs.accounts import account_named
from memlake.jobs.progress import Progress
from memlake.lake import schema
from memlake.lake.connection import Database
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake
from memlake.lake.relations import Relation, base_tables, content_hash

ArchiveFormat = Literal["markdown", "parquet", "jsonl", "csv"]
FORMATS: tuple[ArchiveFormat, ...] = ("markdown", "parquet", "jsonl", "csv")


DEFAULT_FORMATS: tuple[ArchiveFormat, ...] = ("markdown", "parquet")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveOptions:
    """What to archive and how; formats, style and cells that are `None` are those of the archive that is there.

    `is_neutral` makes cells of the CSV harmless that a spreadsheet would compute. Only what `is_replacing` takes the
    place of an archive that holds more.
    """

    formats: tuple[ArchiveFormat, ...] | None = None
    style: Style | None = None
    is_neutral: bool | None = None
    account: str | None = None
    since: datetime | None = None
    only: Only | None = None
    is_replacing: bool = False
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSummary:
    """What an archive holds, and which of its files were written, left as they were, or removed.

    `are_formats_kept` where nobody asked for any and the archive that was there has its own; `was_cut_short` where an
    earlier run was killed in its last moment and what was left of it was done first. `unlisted` are folders that have
    the names of an archive's, and nothing of this one in them: those of one that lost its manifest, for instance.
    """

    folder: str
    is_dry_run: bool
    is_restorable: bool
    why_not_restorable: str | None
    formats: tuple[str, ...]
    are_formats_kept: bool
    was_cut_short: bool
    file_count: int
    size_bytes: int
    files: Comparison
    unlisted: tuple[str, ...]


def archive(lake: Path, folder: Path, *, options: ArchiveOptions, progress: Progress) -> ArchiveSummary:
    """Write a lake into a folder for keeps; of an archive that is there only what differs is written.

    Raises `MemlakeError`, and changes nothing, if the folder cannot be written, holds a file of somebody else under a
    name that the archive needs, or an archive of more than this one.
    """
    refuse_lake(folder, lake, ARCHIVE)
    with open_lake(Layout(lake)) as database:
        database.read_in_order()
        progress.step("comparing with the archive that is there")
        source = _Source(
            database=database,
            schema_version=schema.schema_version(database),
            content=content_hash(database),
        )
        plan = _plan(source, folder, options)
        if options.is_dry_run:
            refuse_interrupted(folder, ARCHIVE)
            return plan.carry_out(progress)
        if plan.is_done and not has_leftovers(folder, ARCHIVE):
            return plan.unchanged()
        with only_folder_writer(folder, ARCHIVE) as kept:
            summary = _plan(source, folder, options).carry_out(progress)
    if kept is None:
        return summary
    return replace(summary, was_cut_short=True, files=replace(summary.files, kept=(*kept, *summary.files.kept)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """An open lake, and what tells it from others."""

    database: Database
    schema_version: int
    content: str


def _plan(source: _Source, folder: Path, options: ArchiveOptions) -> _Plan:
    """Return what is to be written. Raises `MemlakeError` if that must not take the place of what is there."""
    with plain_reading_errors(folder, ARCHIVE):
        old = read_manifest(folder)
    if old:
        refuse_newer(folder, old)
    plan = _Plan(source, folder, options, old)
    if old and not options.is_replacing:
        refuse_loss(folder, old, plan.exports, why_not_restorable=plan.obstacle)
    return plan


def _recipe(options: ArchiveOptions, scope: Scope, former: Recipe | None) -> Recipe:
    """Return how an archive is to be made: as before, where the options do not say."""
    formats = options.formats or (former.formats if former else DEFAULT_FORMATS)
    cells = former.csv_cells if former else "verbatim"
    if options.is_neutral is not None:
        cells = "neutralised" if options.is_neutral else "verbatim"
    return Recipe(
        formats=tuple(name for name in FORMATS if name in formats),
        style=options.style or (former.style if former else "full"),
        csv_cells=cells,
        account_key=scope.account_key,
        since=scope.since.isoformat() if scope.since else None,
        only=scope.only,
    )


class _Plan:
    """What an archive of an open lake holds, beside the one that is there."""

    def __init__(self, source: _Source, folder: Path, options: ArchiveOptions, old: Manifest | None) -> None:
        self.options = options
        self.folder = folder
        self.old = old
        self.database = source.database
        self.scope = Scope(
            account_key=account_named(self.database, options.account), since=options.since, only=options.only
        )
        self.obstacle = why_not_restorable(self.scope)
        self.exports = held_exports(self.database, self.scope)
        self.recipe = _recipe(options, self.scope, old.origin.recipe if old else None)
        self.formats = self.recipe.formats
        self.origin = Origin(
            memlake_version=__version__,
            schema_version=source.schema_version,
            lake_content=source.content,
            recipe=self.recipe,
        )

    @property
    def is_done(self) -> bool:
        """Tell whether all of it is in the folder to the byte."""
        return self.old is not None and self.old.origin == self.origin and is_whole(self.folder, self.old)

    def unchanged(self) -> ArchiveSummary:
        """Return the summary of a plan that `is_done`."""
        files = self.old.files if self.old else ()
        paths = tuple(file.path for file in files)
        return self._summary(files, Comparison(new=(), changed=(), unchanged=paths, removed=(), kept=()))

    def carry_out(self, progress: Progress) -> ArchiveSummary:
        """Write what differs, if anything does, or only tell what that is."""
        if self.is_done:
            return self.unchanged()
        writer = FolderWriter(self.folder, ARCHIVE, self.old, self.options.is_dry_run)
        writer.add(self.files(progress))
        comparison = writer.compare()
        if not self.options.is_dry_run:
            progress.step("putting the archive in its place")
            kept = writer.finish(self.manifest(writer.entries))
            comparison = replace(comparison, kept=(*comparison.kept, *kept))
        return self._summary(writer.entries, comparison)

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
                is_neutral=self.recipe.csv_cells == "neutralised",
            )
        if "markdown" in self.formats:
            progress.step("writing the pages")
            yield from markdown_files(self.database, self.scope, style=self.recipe.style)

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
            exports=self.exports,
            relations=tuple(_entry(relation, counts.get((tabular or "", relation.name), 0)) for relation in relations),
            base=tuple(_entry(table, counts.get(("base", table.name.removeprefix("raw.")), 0)) for table in base),
            files=files,
        )

    def _summary(self, files: tuple[FileEntry, ...], comparison: Comparison) -> ArchiveSummary:
        return ArchiveSummary(
            folder=str(self.folder.resolve()),
            is_dry_run=self.options.is_dry_run,
            is_restorable=self.obstacle is None,
            why_not_restorable=self.obstacle,
            formats=self.formats,
            are_formats_kept=self.old is not None and self.options.formats is None,
            was_cut_short=False,
            file_count=len(files),
            size_bytes=sum(file.size_bytes for file in files),
            files=comparison,
            unlisted=tuple(_unlisted(self.folder, files)),
        )


def _unlisted(folder: Path, files: Sequence[FileEntry]) -> Iterator[str]:
    """Yield the folders of tables that hold nothing of these files."""
    held = {file.path.partition("/")[0] for file in files}
    for name in TABULAR_FOLDERS:
        if name not in held and (folder / name).is_dir():
            yield name


def _entry(relation: Relation, rows: int) -> RelationEntry:
    return RelationEntry(
        name=relation.name, rows=rows, grain=relation.grain, key=relation.key, columns=relation.columns
    )
