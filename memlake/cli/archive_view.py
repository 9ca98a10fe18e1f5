"""What was archived, verified or restored, as people read it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from memlake.archive.verification import Problem
from memlake.cli.invocation import Invocation
from memlake.cli.render import (
    Column,
    counted,
    facts,
    headline,
    next_steps,
    paragraph,
    people_bytes,
    section,
    shortened,
    table,
)
from memlake.jobs.archive import ArchiveSummary
from memlake.jobs.restore import RestoreSummary, VerifySummary

_MOST_NAMES = 6
_MOST_PROBLEMS = 20
_PROBLEM_COLUMNS = [Column(title="file"), Column(title="what is wrong", kind="text")]


def archive_view(summary: ArchiveSummary, invocation: Invocation) -> Iterator[RenderableType]:
    """Show which files were written, or would be."""
    files = summary.files
    if summary.was_cut_short:
        yield paragraph("an earlier run was cut short while it put its files in place; the rest of them was done first")
    if summary.is_dry_run:
        yield headline("dry run: this is what would happen; nothing was written")
    elif not (files.new or files.changed or files.removed):
        yield headline("nothing has changed since the archive was written")
    formats = f"{', '.join(summary.formats)}{' as before' if summary.are_formats_kept else ''}"
    yield facts(
        [
            ("archive", summary.folder),
            ("holds", f"{counted(summary.file_count, 'file')}, {people_bytes(summary.size_bytes)}: {formats}"),
            *((name, _named(paths)) for name, paths in (("new", files.new), ("changed", files.changed)) if paths),
            ("unchanged", counted(len(files.unchanged), "file") if files.unchanged else None),
            ("removed", _named(files.removed) if files.removed else None),
            ("kept", f"{_named(files.kept)}; as somebody had changed it" if files.kept else None),
            ("beside it", f"{', '.join(summary.unlisted)}: not of this archive" if summary.unlisted else None),
            ("no restore", summary.why_not_restorable),
        ]
    )
    if summary.is_dry_run:
        yield paragraph("to do it, leave out --dry-run")
    else:
        yield next_steps([(_on_folder(invocation, "verify", summary.folder), "prove that it is whole")])


def verify_view(summary: VerifySummary) -> Iterator[RenderableType]:
    """Show whether an archive is whole, and what is not."""
    yield from _cut_short(summary)
    yield headline("the archive is damaged" if summary.problems else "the archive is whole")
    yield facts(
        [
            ("archive", summary.folder),
            ("holds", f"{counted(summary.file_count, 'file')}, {people_bytes(summary.size_bytes)}"),
            ("written by", f"memlake {summary.memlake_version}, schema {summary.schema_version}"),
            ("restore", summary.why_not_restorable or "a lake can be made of it"),
        ]
    )
    if summary.problems:
        shown = summary.problems[:_MOST_PROBLEMS]
        yield section(
            counted(len(summary.problems), "problem"),
            _problem_table(shown),
        )


def restore_view(summary: RestoreSummary, invocation: Invocation) -> Iterator[RenderableType]:
    """Show the lake that was made."""
    yield from _cut_short(summary)
    yield facts(
        [
            ("lake", summary.lake),
            ("made of", summary.folder),
            ("holds", f"{counted(summary.export_count, 'export')}, {counted(summary.row_count, 'row')}"),
            ("lacks", "the exports themselves, which memlake rebuild would read: keep them"),
        ]
    )
    if summary.problems:
        yield paragraph("the lake is whole; in the archive something else is not as it was written:")
        yield _problem_table(summary.problems[:_MOST_NAMES])
        if len(summary.problems) > _MOST_NAMES:
            yield paragraph(f"and {counted(len(summary.problems) - _MOST_NAMES, 'file')} more: memlake verify")
    yield next_steps([(invocation.command("status"), "what this lake can answer, and what not")])


def _cut_short(summary: VerifySummary | RestoreSummary) -> Iterator[RenderableType]:
    if summary.was_cut_short:
        yield paragraph(
            "an earlier run of archive was cut short while it put its files in place; the rest of them is whole in a "
            "hidden folder, from which the same archive command puts it in place"
        )


def _problem_table(problems: Sequence[Problem]) -> RenderableType:
    return table(_PROBLEM_COLUMNS, [(problem.path, problem.what) for problem in problems])


def _named(paths: tuple[str, ...]) -> str:
    return f"{counted(len(paths), 'file')}: {shortened(paths, most=_MOST_NAMES)}"


def _on_folder(invocation: Invocation, command: str, folder: str) -> str:
    return f"{invocation.program} {command} {shlex.quote(folder)}"
