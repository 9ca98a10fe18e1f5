"""The command `ingest`."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import click

from memlake.cli.dates import HOW_TO_WRITE_A_DATE, parse_date
from memlake.cli.formats import as_json, fields_of
from memlake.cli.invocation import current_invocation, expanded
from memlake.cli.narration import print_error
from memlake.cli.options import (
    OptionWithNames,
    json_option,
    lake_option,
    provider_named,
    provider_names,
    size_in_bytes,
    wait_option,
)
from memlake.cli.progress import TerminalProgress
from memlake.cli.receipt_view import receipt_view
from memlake.cli.render import emit, print_page
from memlake.clock import utc_now
from memlake.exports import STANDARD_INPUT, Limits
from memlake.jobs.arrival import IngestOptions, Keep
from memlake.jobs.ingest import ingest
from memlake.provider import Provider
from memlake.providers import assistants


def _paths(_context: click.Context, _parameter: click.Parameter, values: tuple[Path, ...]) -> list[Path]:
    if values.count(STANDARD_INPUT) > 1:
        raise click.BadParameter("standard input (-) can be read once")
    return [value if value == STANDARD_INPUT else expanded(value) for value in values]


def _assistant(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None or value in assistants():
        return value
    raise click.BadParameter(f"no assistant is called {value!r}; choose one of: {', '.join(assistants())}")


def _past_date(_context: click.Context, _parameter: click.Parameter, value: str | None) -> datetime | None:
    if value is None:
        return None
    now = utc_now()
    moment = parse_date(value, now=now)
    if moment is None:
        raise click.BadParameter(f"{value!r} is no date; {HOW_TO_WRITE_A_DATE}")
    if moment > now + timedelta(days=1):
        raise click.BadParameter(f"{value!r} is in the future")
    return moment


def _limits(max_unpacked_bytes: int | None, max_ratio: int | None) -> Limits:
    usual = Limits()
    return Limits(
        total_bytes=max_unpacked_bytes or usual.total_bytes,
        member_bytes=max_unpacked_bytes or usual.member_bytes,
        ratio=max_ratio or usual.ratio,
    )


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path), callback=_paths)
@click.option("--dry-run", "is_dry_run", is_flag=True, help="Only tell what this is and what it would change.")
@click.option(
    "--provider",
    cls=OptionWithNames,
    names=provider_names,
    metavar="NAME",
    callback=provider_named,
    help="Whose export it is, where it cannot be told",
)
@click.option(
    "--assistant",
    cls=OptionWithNames,
    names=assistants,
    metavar="NAME",
    callback=_assistant,
    help="Whose memories a pasted list holds",
)
@click.option(
    "--account", metavar="NAME", help="Whose it is: an account's key, the beginning of it, or a label, also a new one."
)
@click.option(
    "--exported-at",
    metavar="DATE",
    callback=_past_date,
    help="When it was made: 2025-09-30, 2025-09-30T14:05 (UTC), 'last tuesday'.",
)
@click.option(
    "--keep",
    type=click.Choice(["copy", "none"]),
    default="copy",
    show_default=True,
    help="Keep a copy of the export's text in the lake, or refer to the original.",
)
@wait_option
@click.option(
    "--max-unpacked",
    "max_unpacked_bytes",
    metavar="SIZE",
    callback=size_in_bytes,
    help="Refuse what unpacks to more.  [default: 64GiB]",
)
@click.option(
    "--max-ratio",
    type=click.IntRange(min=1),
    metavar="N",
    help="Refuse files packed tighter than 1:N.  [default: 1000]",
)
@click.option("-v", "--verbose", "is_verbose", is_flag=True, help="Show the whole receipt of each of several exports.")
@json_option
@lake_option
@click.pass_context
def ingest_command(
    context: click.Context,
    *,
    paths: list[Path],
    is_dry_run: bool,
    provider: Provider | None,
    assistant: str | None,
    account: str | None,
    exported_at: datetime | None,
    keep: str,
    wait_seconds: float,
    max_unpacked_bytes: int | None,
    max_ratio: int | None,
    is_verbose: bool,
    is_json: bool,
    lake: Path,
) -> None:
    """Bring exports into the lake: ZIPs as they were delivered, unpacked folders, loose files, folders of many.

    A list of memories that an assistant wrote out can be a text file, or - for standard input.

    Taking in the same export twice changes nothing. Exit code 3: something could not be read, all else is in.

    Example: memlake ingest ~/Downloads/chatgpt-2025-09-30.zip
    """
    options = IngestOptions(
        provider=provider.name if provider else None,
        assistant=assistant,
        account=account,
        exported_at=exported_at,
        keep=cast("Keep", keep),
        is_dry_run=is_dry_run,
        wait_seconds=wait_seconds,
        limits=_limits(max_unpacked_bytes, max_ratio),
    )
    with TerminalProgress() as progress:
        summary = ingest(paths, lake=lake, options=options, clock=utc_now, progress=progress, pasted=sys.stdin.buffer)
    if is_json:
        emit(as_json(fields_of(summary) | {"exit_code": summary.exit_code}))
    elif summary.exports:
        print_page(*receipt_view(summary, current_invocation(context), is_verbose=is_verbose))
    for refused in summary.refused:
        print_error(refused.message, hint=refused.hint, context=context)
    context.exit(summary.exit_code)
