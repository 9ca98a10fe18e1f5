"""What an archive is good for later: proving that it is whole, and making a lake of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from memlake.archive.base import BASE, load_base
from memlake.archive.manifest import ARCHIVE, MANIFEST_NAME, Manifest, places, read_manifest, refuse_newer
from memlake.archive.verification import Problem, problems_of
from memlake.errors import ExitCode, LakeError, MemlakeError
from memlake.folders.writing import is_interrupted, plain_reading_errors
from memlake.jobs.deriving import derive_tables
from memlake.jobs.progress import Progress
from memlake.lake import rawzone, schema
from memlake.lake.layout import Layout
from memlake.lake.revision import only_writer, revision

_MOST_NAMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifySummary:
    """Whether an archive is whole, and what a lake could be made of."""

    folder: str
    file_count: int
    size_bytes: int
    memlake_version: str
    schema_version: int
    formats: tuple[str, ...]
    is_restorable: bool
    why_not_restorable: str | None
    problems: tuple[Problem, ...]
    was_cut_short: bool  # an earlier run of archive: some files are not in their place yet, and were read elsewhere

    @property
    def exit_code(self) -> ExitCode:
        """What the command tells its caller."""
        return ExitCode.FAILURE if self.problems else ExitCode.OK


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreSummary:
    """The lake that was made; `problems` are in what the archive holds beside that, and the lake has none of them."""

    lake: str
    folder: str
    row_count: int
    export_count: int
    problems: tuple[Problem, ...]
    was_cut_short: bool  # an earlier run of archive: some files are not in their place yet, and were read elsewhere


def verify(folder: Path, *, progress: Progress) -> VerifySummary:
    """Compare an archive with its manifest. Raises `MemlakeError` if there is none, or the manifest is damaged."""
    manifest, was_cut_short = _manifest(folder)
    return VerifySummary(
        folder=str(folder.resolve()),
        file_count=len(manifest.files),
        size_bytes=sum(file.size_bytes for file in manifest.files),
        memlake_version=manifest.origin.memlake_version,
        schema_version=manifest.origin.schema_version,
        formats=manifest.origin.recipe.formats,
        is_restorable=manifest.is_restorable,
        why_not_restorable=manifest.why_not_restorable,
        problems=_problems(folder, manifest, progress),
        was_cut_short=was_cut_short,
    )


def restore(folder: Path, *, lake: Path, progress: Progress, wait_seconds: float = 0.0) -> RestoreSummary:
    """Make a new lake of an archive, equal to the one that was archived but for the exports' own bytes.

    Raises `MemlakeError`, and makes none, if what it is made of is damaged, the archive holds a part only, or there is
    a lake.
    """
    manifest, was_cut_short = _manifest(folder)
    layout = Layout(lake)
    _refuse(folder, manifest, layout)
    problems = _problems(folder, manifest, progress)
    if in_base := [problem for problem in problems if problem.path.startswith(BASE)]:
        named = "; ".join(f"{problem.path} {problem.what}" for problem in in_base[:_MOST_NAMES])
        raise MemlakeError(f"{folder} is damaged: {named}", hint="take another copy of the archive")
    with only_writer(layout, job="restore", wait_seconds=wait_seconds):
        _refuse(folder, manifest, layout)
        with revision(layout, guard=None, schema_version=manifest.origin.schema_version) as database:
            progress.start(folder.name, sum(file.size_bytes for file in manifest.files if file.path.startswith(BASE)))
            load_base(database, places(folder), manifest, advance=progress.advance)
            schema.migrate(database)
            progress.step("deriving the tables")
            derive_tables(database)
            if failed := schema.failed_checks(database):
                raise LakeError(f"the restored lake is inconsistent: {'; '.join(failed)}", hint="please report this")
            rawzone.leave_behind(layout, database)
            export_count = database.number("select count(*) from exports")
    return RestoreSummary(
        lake=str(layout.folder.resolve()),
        folder=str(folder.resolve()),
        row_count=sum(table.rows for table in manifest.base),
        export_count=export_count,
        problems=problems,
        was_cut_short=was_cut_short,
    )


def _manifest(folder: Path) -> tuple[Manifest, bool]:
    """Return the manifest, and whether an earlier run is not finished."""
    with plain_reading_errors(folder, ARCHIVE):
        was_cut_short = is_interrupted(folder, ARCHIVE)
        manifest = read_manifest(folder)
    if manifest is None:
        raise MemlakeError(
            f"there is no archive in {folder}: it has no {MANIFEST_NAME}",
            hint=f"make one with: memlake archive {folder}",
        )
    return manifest, was_cut_short


def _problems(folder: Path, manifest: Manifest, progress: Progress) -> tuple[Problem, ...]:
    progress.start(folder.name, sum(file.size_bytes for file in manifest.files))
    with plain_reading_errors(folder, ARCHIVE):
        return tuple(problems_of(places(folder), manifest, advance=progress.advance))


def _refuse(folder: Path, manifest: Manifest, layout: Layout) -> None:
    """Raise `MemlakeError` if no lake can be made of this archive, or not there."""
    if not manifest.is_restorable:
        raise MemlakeError(
            f"no lake can be made of {folder}: {manifest.why_not_restorable}",
            hint="take an archive that was made without --account, --since and --only",
        )
    refuse_newer(folder, manifest)
    if layout.exists():
        raise LakeError(f"there is a lake at {layout.folder} already", hint="choose another folder with --lake DIR")
    if layout.holds_other_things():
        raise LakeError(
            f"{layout.folder} holds other things", hint="choose an empty folder, or a new one, with --lake DIR"
        )
