"""The commands about the lake as a whole: `status`, `exports` and `rebuild`."""

from __future__ import annotations

from pathlib import Path

import click

from memlake.cli.formats import as_json
from memlake.cli.invocation import current_invocation
from memlake.cli.options import account_option, export_selector, json_option, lake_option, wait_option
from memlake.cli.progress import TerminalProgress
from memlake.cli.render import emit, print_page
from memlake.cli.status_view import drop_view, exports_view, rebuild_view, status_view
from memlake.clock import utc_now
from memlake.errors import ExitCode
from memlake.jobs.exports import drop_export, list_exports
from memlake.jobs.rebuild import rebuild
from memlake.jobs.status import status
from memlake.selectors import Selector


class ListByDefault(click.Group):
    """Takes `exports` and `exports --json` for `exports list`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put in the word that is left out."""
        says_what = "--help" in args or any(arg in self.commands for arg in args)
        return super().parse_args(ctx, args if says_what else ["list", *args])


@click.command("status")
@json_option
@lake_option
@click.pass_context
def status_command(context: click.Context, *, is_json: bool, lake: Path) -> None:
    """Tell what the lake holds, whether it is sound, and what it can and cannot answer.

    Exit code 1: the lake is damaged.

    Example: memlake status
    """
    state = status(lake)
    if is_json:
        emit(as_json(state))
    else:
        print_page(*status_view(state, current_invocation(context)))
    context.exit(ExitCode.FAILURE if state.problems else ExitCode.OK)


@click.group("exports", cls=ListByDefault)
@lake_option
def exports_group(lake: Path) -> None:
    """List the exports in the lake, or take one out again.

    Example: memlake exports
    """


@exports_group.command("list")
@account_option
@json_option
@lake_option
def exports_list_command(*, account: str | None, is_json: bool, lake: Path) -> None:
    """List the exports, oldest first, with what each holds and lacks.

    Example: memlake exports list
    """
    exports = list_exports(lake, account=account)
    if is_json:
        emit(as_json(exports))
    else:
        print_page(*exports_view(exports))


@exports_group.command("drop")
@click.argument("export", metavar="EXPORT", callback=export_selector)
@click.option("--yes", "is_confirmed", is_flag=True, help="Do it; without this only tell what would go.")
@account_option
@wait_option
@json_option
@lake_option
@click.pass_context
def exports_drop_command(
    context: click.Context,
    *,
    export: Selector,
    is_confirmed: bool,
    account: str | None,
    wait_seconds: float,
    is_json: bool,
    lake: Path,
) -> None:
    """Take an export out, as if it had never been ingested.

    EXPORT is latest, latest~1 (the one before), a date (the newest export made by the end of that day), or the
    beginning of an id.

    Example: memlake exports drop 3af1062c
    """
    summary = drop_export(
        lake, export, account=account, is_confirmed=is_confirmed, clock=utc_now, wait_seconds=wait_seconds
    )
    if is_json:
        emit(as_json(summary))
    else:
        print_page(*drop_view(summary, current_invocation(context)))


@click.command("rebuild")
@wait_option
@json_option
@lake_option
def rebuild_command(*, wait_seconds: float, is_json: bool, lake: Path) -> None:
    """Read all exports of the lake again, so that what this version understands better reaches old ones.

    Your own tables in the schema `my` stay.

    Example: memlake rebuild
    """
    with TerminalProgress() as progress:
        summary = rebuild(lake, clock=utc_now, progress=progress, wait_seconds=wait_seconds)
    if is_json:
        emit(as_json(summary))
    else:
        print_page(rebuild_view(summary))
