"""The program `memlake`: finds the command, loads no more than that, and turns errors into exit codes."""

from __future__ import annotations

import io
import sys
from importlib import import_module
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from memlake import __version__
from memlake.cli.commands import COMMANDS, FIRST_OF_THE_OTHERS
from memlake.cli.invocation import choose_lake
from memlake.cli.narration import print_error
from memlake.errors import ExitCode, MemlakeError

_FIRST_STEPS = """\b
  memlake guide chatgpt             how to get your export
  memlake ingest ~/Downloads/x.zip  unpack it into ./lake
  memlake list                      what the assistant remembers
  memlake lookup-sources            where it learnt that
  memlake diff                      what changed since the export before
  memlake query                     questions worth asking"""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called, so that help is there at once."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import one command."""
        home = COMMANDS.get(cmd_name)
        if home is None:
            return None
        command: click.Command = getattr(import_module(home.module), home.attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write one line for each command, without importing any."""
        lines = [(name, home.summary) for name, home in COMMANDS.items()]
        others = list(COMMANDS).index(FIRST_OF_THE_OTHERS)
        with formatter.section("Commands"):
            formatter.write_dl(lines[:others])
        with formatter.section("Beside them"):
            formatter.write_dl(lines[others:])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the name of a command, without importing any, or an option."""
        found = [
            CompletionItem(name, help=home.summary) for name, home in COMMANDS.items() if name.startswith(incomplete)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a mistake that a person can mend becomes two plain lines and an exit code."""
        try:
            return super().invoke(ctx)
        except MemlakeError as error:
            print_error(error.message, excerpt=error.excerpt, hint=error.hint, context=ctx)
            ctx.exit(error.exit_code)


@click.group(cls=LazyGroup, invoke_without_command=True, epilog=_FIRST_STEPS)
@click.option(
    "--lake",
    type=click.Path(path_type=Path),
    envvar="MEMLAKE_LAKE",
    metavar="DIR",
    help="The lake's folder.  [default: lake; environment: MEMLAKE_LAKE]",
)
@click.version_option(__version__, message="memlake %(version)s")
@click.pass_context
def program(context: click.Context, lake: Path | None) -> None:
    """Find out what your AI assistant remembers about you.

    Unpacks data exports of assistants into a lake: a folder with one DuckDB file that any DuckDB shell opens.
    Nothing leaves this machine.
    """
    choose_lake(context, lake)
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main() -> None:
    """Run the program and leave it with the exit code that tells how it went."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run())


def run() -> int:
    """Run the program on the words it was called with; return its exit code."""
    try:
        return program.main(prog_name="memlake", standalone_mode=False) or ExitCode.OK
    except click.Abort as interruption:
        after = next(iter(interruption.args), "the lake is as it was before, with the exports finished by then")
        click.echo(f"memlake: interrupted; {after}", err=True)
        return ExitCode.INTERRUPTED
    except click.UsageError as error:
        hint = f"{error.ctx.command_path} --help" if error.ctx else None
        print_error(error.format_message().rstrip("."), hint=hint, context=error.ctx)
        return ExitCode.USAGE
