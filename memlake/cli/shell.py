"""The command `shell`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Group, RenderableType

from memlake.cli.options import lake_option
from memlake.cli.render import Column, counted, facts, paragraph, people_date, print_page, section, table, typed
from memlake.jobs.shell import prepare_shell
from memlake.query.greeting import Greeting

WORTH_TRYING = (
    ("from help();", "what each holds, with an example"),
    ("from memory_audit;", "every memory and where it came from"),
    ("from grep('dentist');", "where a word stands, in chats and memories"),
    ("select role, text from conversation('ID');", "a chat, by the beginning of its id"),
    ("from memories where created_at > since('3 months');", "what is new"),
)
_COLUMNS = [Column(title="query"), Column(title="answer", kind="text")]


@click.command("shell", context_settings={"ignore_unknown_options": True})
@click.option("--write", "is_writing", is_flag=True, help="Open it for writing: your own tables go into the schema my.")
@lake_option
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[DUCKDB'S OPTIONS]")
@click.pass_context
def shell_command(context: click.Context, *, is_writing: bool, lake: Path, arguments: tuple[str, ...]) -> None:
    """Open the lake in DuckDB's own shell, read-only.

    Example: memlake shell
    """
    shell = prepare_shell(lake, is_writing=is_writing, arguments=arguments)
    if not arguments and sys.stdin.isatty() and sys.stdout.isatty():
        print_page(*_greeting_view(shell.greeting, is_writing=is_writing))
        sys.stdout.flush()
    context.exit(shell.run())


def _greeting_view(greeting: Greeting, *, is_writing: bool) -> Iterator[RenderableType]:
    exports = counted(greeting.export_count, "export")
    newest = people_date(greeting.newest_at)
    amounts = ", ".join(
        [
            counted(greeting.memory_count, "memory"),
            counted(greeting.conversation_count, "conversation"),
            counted(greeting.message_count, "message"),
        ]
    )
    yield facts(
        [
            ("in it", f"{amounts}; {exports}" + (f", the newest of {newest}" if newest else "")),
            ("relations", ", ".join(greeting.relations)),
            ("macros", ", ".join(greeting.macros)),
            ("opened", "for writing: memlake ingest has to wait until you leave" if is_writing else "read-only"),
        ]
    )
    yield section("worth trying", table(_COLUMNS, WORTH_TRYING, has_titles=False))
    yield Group(paragraph("whole values, one a line:"), typed(".mode line"))
    yield Group(paragraph("times are UTC; leave with:"), typed(".quit"), paragraph(""))
