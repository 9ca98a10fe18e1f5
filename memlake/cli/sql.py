"""The command `sql`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from memlake.cli.answer_view import write_answer
from memlake.cli.options import format_option, json_option, lake_option, size_in_bytes
from memlake.jobs.sql import ask_sql
from memlake.lake.freesql import SqlLimits
from memlake.text import decode_text

_STANDARD_INPUT = "-"


class _SqlCommand(click.Command):
    """A command whose argument may begin with a remark, which looks like an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put a text that begins with `--`, holds spaces and is no option of ours behind all options."""
        options = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        remarks = [word for word in args if word.startswith("--") and _begins_with_remark(word, options)]
        if remarks and "--" not in args:
            args = [*(word for word in args if word not in remarks), "--", *remarks]
        return super().parse_args(ctx, args)


def _begins_with_remark(word: str, options: set[str]) -> bool:
    first, *others = word.split(maxsplit=1)
    return bool(others) and first.partition("=")[0] not in options


@click.command("sql", cls=_SqlCommand)
@click.argument("statement", metavar="SQL")
@click.option(
    "--timeout",
    "seconds",
    type=click.FloatRange(min=0),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long it may work, from the start to the last row; a slow reader costs nothing. 0: any time.",
)
@click.option(
    "--memory",
    "memory_bytes",
    callback=size_in_bytes,
    default="2GB",
    show_default=True,
    metavar="SIZE",
    help="How much memory tables, sorts and joins may take, at least 50MB; one giant text is not counted.",
)
@format_option
@json_option
@lake_option
def sql_command(
    *, statement: str, seconds: float, memory_bytes: int, format_name: str, is_json: bool, lake: Path
) -> None:
    """Ask the lake one statement of SQL, which only reads; - takes it from standard input.

    `from help()` tells what there is to ask.

    Example: memlake sql "select content from memories where enabled"
    """
    if statement == _STANDARD_INPUT:
        statement = decode_text(sys.stdin.buffer.read())
    limits = SqlLimits(seconds=seconds, memory_bytes=memory_bytes)
    with ask_sql(lake, statement, limits=limits) as answer:
        write_answer(answer.columns, answer.batches, "json" if is_json else format_name)
