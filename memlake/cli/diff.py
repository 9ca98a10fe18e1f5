"""The command `diff`."""

from __future__ import annotations

from pathlib import Path

import click

from memlake.cli.conversation_diff_view import conversation_diff_row, conversation_diff_view, conversation_short_view
from memlake.cli.diff_view import DIFF_TITLES, diff_row, diff_view, pair_notes, short_view
from memlake.cli.formats import as_format
from memlake.cli.invocation import Invocation, current_invocation
from memlake.cli.narration import print_notes
from memlake.cli.options import account_option, export_selector, format_option, json_option, lake_option
from memlake.cli.render import emit, print_page
from memlake.errors import ExitCode
from memlake.history.changes import ConversationChange, ConversationDiff, MemoryChange, MemoryDiff
from memlake.jobs.history import diff_conversations, diff_memories
from memlake.selectors import Selector


@click.command("diff")
@click.argument("before", required=False, metavar="[A]", callback=export_selector)
@click.argument("after", required=False, metavar="[B]", callback=export_selector)
@click.option("--short", "is_short", is_flag=True, help="One line a change: its letter, the id, the text.")
@click.option("--rewordings", "with_rewordings", is_flag=True, help="Show prose that only has other words, too.")
@click.option("--conversations", "is_of_conversations", is_flag=True, help="Compare the conversations instead.")
@click.option(
    "--exit-code", "has_exit_code", is_flag=True, help="Exit with 4 if there are differences, 3 if nothing can tell."
)
@account_option
@format_option
@json_option
@lake_option
@click.pass_context
def diff_command(
    context: click.Context,
    *,
    before: Selector | None,
    after: Selector | None,
    is_short: bool,
    with_rewordings: bool,
    is_of_conversations: bool,
    has_exit_code: bool,
    account: str | None,
    format_name: str,
    is_json: bool,
    lake: Path,
) -> None:
    """Show what changed in the memory list from export A to export B: by default the newest two that can be compared.

    A and B are latest, latest~1 (the one before), a date (the newest export made by the end of that day), or the
    beginning of an id. Letters of --short: + new, - deleted, M edited, E enabled or disabled, R restored or recreated,
    = the same under another id, ~ reworded, ! about the whole list. Statements of prose memory are compared by what
    they say: other words are no change.

    Example: memlake diff 2025-09-30 latest
    """
    format_name = "json" if is_json else format_name
    difference: MemoryDiff | ConversationDiff
    if is_of_conversations:
        difference = diff_conversations(lake, before, after, account=account)
        _write_conversation_diff(difference, format_name, is_short=is_short)
    else:
        difference = diff_memories(lake, before, after, account=account, with_rewordings=with_rewordings)
        _write_memory_diff(difference, format_name, is_short=is_short, invocation=current_invocation(context))
    context.exit(_exit_code(difference) if has_exit_code else ExitCode.OK)


def _write_memory_diff(diff: MemoryDiff, format_name: str, *, is_short: bool, invocation: Invocation) -> None:
    if format_name == "table":
        if is_short:
            print_notes(pair_notes(diff))
        print_page(*(short_view(diff) if is_short else diff_view(diff, invocation)))
        return
    markdown = (DIFF_TITLES, [diff_row(change) for change in diff.changes])
    emit(as_format(format_name, document=diff, rows=diff.changes, row_type=MemoryChange, markdown=markdown))


def _write_conversation_diff(diff: ConversationDiff, format_name: str, *, is_short: bool) -> None:
    if format_name == "table":
        if is_short:
            print_notes(pair_notes(diff))
        print_page(*(conversation_short_view(diff) if is_short else conversation_diff_view(diff)))
        return
    markdown = (DIFF_TITLES, [conversation_diff_row(change) for change in diff.changes])
    emit(as_format(format_name, document=diff, rows=diff.changes, row_type=ConversationChange, markdown=markdown))


def _exit_code(difference: MemoryDiff | ConversationDiff) -> ExitCode:
    if not difference.is_comparable:
        return ExitCode.PARTLY_READ
    return ExitCode.DIFFERENCES if difference.changes else ExitCode.OK
