"""Reads every export again, from the raw zone: what a newer parser understands reaches old rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from memlake.errors import LakeError
from memlake.jobs.deriving import derive_tables
from memlake.jobs.kept import kept_files, opened
from memlake.jobs.progress import Progress
from memlake.jobs.reading import prepare, read_into
from memlake.jobs.runlog import record_run
from memlake.lake import catalog, landing, schema
from memlake.lake.catalog import ExportEntry
from memlake.lake.connection import Database
from memlake.lake.layout import Layout
from memlake.lake.reader import refuse_missing
from memlake.lake.revision import guarded, only_writer, revision
from memlake.providers import providers


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildSummary:
    """What was read again."""

    lake: str
    export_count: int
    record_count: int


def rebuild(
    lake: Path, *, clock: Callable[[], datetime], progress: Progress, wait_seconds: float = 0.0
) -> RebuildSummary:
    """Empty the lake's tables and fill them again from the exports; schema `my` and all dates stay.

    Raises `LakeError`, and reads nothing, if an export's files are neither in the raw zone nor where they were; the
    derived tables of a lake that an older memlake made are up to date even then.
    """
    layout = Layout(lake)
    refuse_missing(layout)
    with only_writer(layout, job="rebuild", wait_seconds=wait_seconds):
        _derive_if_outdated(layout, wait_seconds=wait_seconds)
        return _rebuild(layout, clock=clock, progress=progress, wait_seconds=wait_seconds)


def _derive_if_outdated(layout: Layout, *, wait_seconds: float) -> None:
    with guarded(layout, wait_seconds=wait_seconds) as guard:
        if guard is not None and not schema.is_derived_current(guard):
            with revision(layout, guard=guard) as database:
                derive_tables(database)


def _rebuild(
    layout: Layout, *, clock: Callable[[], datetime], progress: Progress, wait_seconds: float
) -> RebuildSummary:
    with guarded(layout, wait_seconds=wait_seconds) as guard:
        if guard is None:
            raise LakeError(f"{layout.database} is gone")
        entries = catalog.entries(guard)
        sources, missing = kept_files(layout, entries)
        if missing:
            raise _not_there(missing)
        return _read_all_again(layout, guard, sources, clock=clock, progress=progress)


def _not_there(missing: list[ExportEntry]) -> LakeError:
    """Return what to do about exports that are gone: only of those never kept it matters where they were."""
    named = [
        entry.file_name if entry.raw_file else f"{entry.file_name} ({', '.join(entry.paths)})" for entry in missing
    ]
    steps = ["ingest them again, which puts their text back"] if any(entry.raw_file for entry in missing) else []
    if any(entry.raw_file is None for entry in missing):
        steps.append("put those with a path back where they were")
    return LakeError(
        f"the text of these exports is not there to be read again: {'; '.join(named)}",
        hint=f"{'; '.join(steps)}; then: memlake rebuild",
    )


def catch_up(layout: Layout, *, clock: Callable[[], datetime], progress: Progress, wait_seconds: float) -> None:
    """Read all exports again if an older memlake read some of them: for the writer, before it takes in more.

    Where an export is not there to be read again, nothing happens: its rows stay as they were read.
    """
    with guarded(layout, wait_seconds=wait_seconds) as guard:
        if guard is None or not catalog.has_records_of_other_parsers(guard, providers()):
            return
        sources, missing = kept_files(layout, catalog.entries(guard))
        if not missing:
            _read_all_again(layout, guard, sources, clock=clock, progress=progress)


def _read_all_again(
    layout: Layout,
    guard: Database,
    sources: dict[ExportEntry, list[Path]],
    *,
    clock: Callable[[], datetime],
    progress: Progress,
) -> RebuildSummary:
    started_at = clock()
    with revision(layout, guard=guard) as database:
        landing.empty_records(database)
        for entry, paths in sources.items():
            _read_again(database, entry, paths, progress)
        progress.step("deriving the tables")
        derive_tables(database)
        failed = schema.failed_checks(database)
        if failed:
            raise LakeError(f"the rebuilt lake is inconsistent: {'; '.join(failed)}", hint="please report this")
        summary = RebuildSummary(
            lake=str(layout.folder.resolve()),
            export_count=len(sources),
            record_count=database.number("select count(*) from raw.records"),
        )
        record_run(database, job="rebuild", started_at=started_at, finished_at=clock(), summary=summary)
    return summary


def _read_again(database: Database, entry: ExportEntry, paths: list[Path], progress: Progress) -> None:
    with opened(entry, paths) as delivery:
        reading = prepare(delivery, provider_name=entry.provider)
        progress.start(entry.file_name, reading.size_bytes)
        content_sha256 = read_into(database, reading, entry.export_key, advance=progress.advance)
    if content_sha256 != entry.content_sha256:
        raise LakeError(
            f"{entry.file_name} is not what it was when it was ingested: {', '.join(map(str, paths))}",
            hint="put the original file back; the lake is as it was before",
        )
