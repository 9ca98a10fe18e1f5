"""The command `jq`."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

import click

from memlake.cli.narration import print_error, print_notes
from memlake.cli.options import account_option, lake_option
from memlake.cli.render import emit
from memlake.errors import MemlakeError
from memlake.jobs.jq import JqRun, Note, Problem
from memlake.jobs.jqinput import Place
from memlake.query.jq.engine import InvalidProgramError, Task, builtin_names, parse_argument
from memlake.query.jq.events import INVALID_PROGRAM_CODE, UNREADABLE_CODE, Halt, Output
from memlake.query.jq.program import Program
from memlake.query.jq.sources import DEFAULT_RELATION
from memlake.text import inert_text, replace_lone_surrogates

_UNDEFINED = re.compile(r"error: (?P<name>\$?\w+)(?:/\d+)? is not defined")
_INPUTS = """\b
INPUT is one of
  memories           what the lake holds; the default. Also: messages,
                     sources, events, changes
  memory.json        the file here, else that of the newest export that
                     has it. Also: conversations.json
  latest:FILE        a file of the newest export
  x.zip, x.zip:FILE  an export here
  x.json, -          a JSON file, standard input"""
_MANUAL = "https://jqlang.org/manual describes the language; put the program in single quotes"


def _json_arguments(
    context: click.Context, parameter: click.Parameter, values: tuple[tuple[str, str], ...]
) -> list[tuple[str, object]]:
    try:
        return [(name, parse_argument(text)) for name, text in values]
    except ValueError:
        raise click.BadParameter("the value is not JSON", context, parameter) from None


@click.command("jq", epilog=_INPUTS)
@click.argument("program")
@click.argument("input_name", metavar="[INPUT]", default=DEFAULT_RELATION)
@click.option("-r", "--raw-output", "is_raw", is_flag=True, help="Print strings as they are, without quotes.")
@click.option("-j", "--join-output", "is_joined", is_flag=True, help="As -r, and nothing between the values.")
@click.option("-c", "--compact-output", "is_compact", is_flag=True, help="Print each value on one line.")
@click.option("-s", "--slurp", "is_slurped", is_flag=True, help="Read all documents as one list.")
@click.option("-S", "--sort-keys", "is_sorted", is_flag=True, help="Print the keys of objects in order.")
@click.option("-n", "--null-input", "is_without_input", is_flag=True, help="Run the program once, on null.")
@click.option(
    "-e", "--exit-status", "is_exit_of_values", is_flag=True, help="Exit 1 if the last value is false or null."
)
@click.option("--tab", "has_tabs", is_flag=True, help="Indent by tabs.")
@click.option("--indent", type=click.IntRange(0, 7), default=2, metavar="N", help="Indent by N spaces.  [default: 2]")
@click.option("--arg", "texts", nargs=2, multiple=True, metavar="NAME TEXT", help="Let $NAME be a text.")
@click.option(
    "--argjson",
    "values",
    nargs=2,
    multiple=True,
    metavar="NAME JSON",
    callback=_json_arguments,
    help="Let $NAME be a JSON value.",
)
@click.option("--all", "is_all", is_flag=True, help="Of memories also deleted and likely ones.")
@account_option
@lake_option
@click.pass_context
def jq_command(
    context: click.Context,
    *,
    program: str,
    input_name: str,
    is_raw: bool,
    is_joined: bool,
    is_compact: bool,
    is_slurped: bool,
    is_sorted: bool,
    is_without_input: bool,
    is_exit_of_values: bool,
    has_tabs: bool,
    indent: int,
    texts: tuple[tuple[str, str], ...],
    values: list[tuple[str, object]],
    is_all: bool,
    account: str | None,
    lake: Path,
) -> None:
    """Run a program in the jq language on memories, messages or the files of an export.

    Exit codes are jq's: 0, 1 and 4 with -e, 2 for input that cannot be read, 3 for an invalid program, 5 for one
    that fails.

    Example: memlake jq -r '.[] | select(.enabled) | .content'
    """
    names: dict[str, object] = {}
    for name, value in [*((name, replace_lone_surrogates(text)) for name, text in texts), *values]:
        names.setdefault(replace_lone_surrogates(name), value)
    task = Task(
        program=Program(replace_lone_surrogates(program)),
        names=names,
        is_without_input=is_without_input,
        is_slurped=is_slurped,
        is_raw=is_raw or is_joined,
        is_sorted=is_sorted,
        indent=None if is_compact or not (indent or has_tabs) else "\t" if has_tabs else " " * indent,
        line_end="" if is_joined else "\n",
    )
    place = Place(lake=lake, stdin=sys.stdin.buffer, account=account, is_all=is_all)
    context.exit(_run(task, input_name, place, context, is_exit_of_values=is_exit_of_values))


def _run(task: Task, input_name: str, place: Place, context: click.Context, *, is_exit_of_values: bool) -> int:
    try:
        run = JqRun(task, input_name, place, is_exit_of_values=is_exit_of_values)
        with _ended_by_ctrl_c():
            for told in run:
                match told:
                    case Output(data=data) if not emit(data):
                        return 0
                    case Note(text=text):
                        print_notes([text])
                    case Problem(text=text):
                        print_error(text, context=context)
                    case Halt(message=message):
                        click.echo(inert_text(message), nl=False, err=True)
    except InvalidProgramError as error:
        click.echo(f"memlake: error: the program is not valid jq\n{inert_text(_message(error))}", err=True)
        click.echo(f"hint: {_help_for(str(error))}", err=True)
        return INVALID_PROGRAM_CODE
    except MemlakeError as error:
        print_error(error.message, hint=error.hint, context=context)
        return UNREADABLE_CODE
    return run.exit_code


@contextmanager
def _ended_by_ctrl_c() -> Iterator[None]:
    """Let Ctrl-C end the program at once: libjq does not come back to Python before it is done."""
    usual = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


def _message(error: InvalidProgramError) -> str:
    """Return what libjq says, without how many errors it said that about."""
    return "\n".join(line for line in str(error).splitlines() if not line.startswith("jq: 1 compile error"))


def _help_for(message: str) -> str:
    found = _UNDEFINED.search(message)
    if not found:
        return _MANUAL
    name = found["name"]
    if name.startswith("$"):
        return f"give it a value: --arg {name[1:]} TEXT"
    close = get_close_matches(name, builtin_names(), n=1)
    return f"did you mean {close[0]}?" if close else _MANUAL
