"""The commands `archive`, `verify` and `restore`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from memlake.archive.scope import Only, Style
from memlake.cli.archive_view import archive_view, restore_view, verify_view
from memlake.cli.dates import HOW_TO_WRITE_A_DATE, parse_date
from memlake.cli.formats import as_json
from memlake.cli.invocation import current_invocation, expanded
from memlake.cli.narration import if_interrupted
from memlake.cli.options import account_option, json_option, lake_option, wait_option
from memlake.cli.progress import TerminalProgress
from memlake.cli.render import emit, print_page
from memlake.clock import utc_now
from memlake.jobs.archive import DEFAULT_FORMATS, FORMATS, ArchiveFormat, ArchiveOptions, archive
from memlake.jobs.restore import restore, verify

_SPELLINGS: dict[str, ArchiveFormat] = {name: name for name in FORMATS} | {"md": "markdown"}


def _formats(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> tuple[ArchiveFormat, ...] | None:
    if value is None:
        return None
    names = [name.strip().lower() for name in value.split(",") if name.strip()]
    wrong = next((name for name in names if name not in _SPELLINGS), None)
    if wrong or not names:
        raise click.BadParameter(f"{wrong or value!r} is no format; choose of: {', '.join(FORMATS)}")
    return tuple(_SPELLINGS[name] for name in names)


def _since(_context: click.Context, _parameter: click.Parameter, value: str | None) -> datetime | None:
    if value is None:
        return None
    moment = parse_date(value, now=utc_now())
    if moment is None:
        raise click.BadParameter(f"{value!r} is no date; {HOW_TO_WRITE_A_DATE}")
    return moment


def _folder(_context: click.Context, _parameter: click.Parameter, value: str) -> Path:
    if not value:  # an unset variable of a script, which as a path means the folder one is in
        raise click.BadParameter("the name is empty")
    return expanded(Path(value))


_folder_argument = click.argument("folder", metavar="DIR", callback=_folder)


@click.command("archive")
@_folder_argument
@click.option(
    "--format",
    "formats",
    metavar="NAMES",
    callback=_formats,
    help=f"What to write, with commas between: {', '.join(FORMATS)}.  "
    f"[default: what is there, else {','.join(DEFAULT_FORMATS)}]",
)
@click.option(
    "--style",
    type=click.Choice(get_args(Style)),
    help="memories.md with all that is known, or to the byte what the published jq recipe prints of the lake in the "
    "shape of memory.json: a line each, without deleted and likely ones.  "
    "[default: as it is there, else full]",
)
@click.option(
    "--safe-csv/--plain-csv",
    "is_neutral",
    default=None,
    help="Put ' before cells of the CSV that a spreadsheet would compute, or leave them.  [default: as it is there]",
)
@click.option("--since", metavar="DATE", callback=_since, help="Only what began or changed since then.")
@click.option("--only", type=click.Choice(get_args(Only)), help="Only these.")
@click.option("--replace", "is_replacing", is_flag=True, help="Also in place of an archive that holds more.")
@click.option("--dry-run", "is_dry_run", is_flag=True, help="Only tell what would be written.")
@account_option
@json_option
@lake_option
@click.pass_context
def archive_command(
    context: click.Context,
    *,
    folder: Path,
    formats: tuple[ArchiveFormat, ...] | None,
    style: Style | None,
    is_neutral: bool | None,
    since: datetime | None,
    only: Only | None,
    is_replacing: bool,
    is_dry_run: bool,
    account: str | None,
    is_json: bool,
    lake: Path,
) -> None:
    """Write the lake into a folder for keeps: pages to read, and tables for other programs.

    What is unchanged stays untouched, and files that memlake did not write are left alone. An archive of all holds
    what it takes to make the lake anew: see memlake verify and memlake restore.

    Example: memlake archive ~/Documents/memories
    """
    options = ArchiveOptions(
        formats=formats,
        style=style,
        is_neutral=is_neutral,
        account=account,
        since=since,
        only=only,
        is_replacing=is_replacing,
        is_dry_run=is_dry_run,
    )
    unharmed = "the archive is as it was before, or the new one if all of that was written"
    with if_interrupted(unharmed), TerminalProgress() as progress:
        summary = archive(lake, folder, options=options, progress=progress)
    if is_json:
        emit(as_json(summary))
    else:
        print_page(*archive_view(summary, current_invocation(context)))


@click.command("verify")
@_folder_argument
@json_option
@click.pass_context
def verify_command(context: click.Context, *, folder: Path, is_json: bool) -> None:
    """Compare an archive with its manifest: every byte, row and column. Exit code 1: something is damaged.

    Example: memlake verify ~/Documents/memories
    """
    with if_interrupted("the archive was only read"), TerminalProgress() as progress:
        summary = verify(folder, progress=progress)
    if is_json:
        emit(as_json(summary))
    else:
        print_page(*verify_view(summary))
    context.exit(summary.exit_code)


@click.command("restore")
@_folder_argument
@wait_option
@json_option
@lake_option
@click.pass_context
def restore_command(context: click.Context, *, folder: Path, wait_seconds: float, is_json: bool, lake: Path) -> None:
    """Make a new lake of an archive; the folder that --lake names must not hold one yet.

    Example: memlake restore ~/Documents/memories --lake restored
    """
    with if_interrupted("no lake was made"), TerminalProgress() as progress:
        summary = restore(folder, lake=lake, progress=progress, wait_seconds=wait_seconds)
    if is_json:
        emit(as_json(summary))
    else:
        print_page(*restore_view(summary, current_invocation(context)))
