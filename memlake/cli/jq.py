"""The command `jq`."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

import click

from memlake.cli.narration import print_error, print_notes
from memlake.cli.options import account_option, lake_option
from memlake.cli.render import emit
from memlake.errors import MemlakeError, UsageError
from memlake.jobs.jq import JqRun, Note, Problem
from memlake.jobs.jqinput import Place
from memlake.query.jq.engine import InvalidProgramError, Task, builtin_names, parse_argument
from memlake.query.jq.events import INVALID_PROGRAM_CODE, UNREADABLE_CODE, Halt, Output
from memlake.query.jq.program import Program
from memlake.query.jq.sources import DEFAULT_RELATION
from memlake.text import decode_text, inert_text, replace_lone_surrogates

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
_LETTERS = {"--raw-input": "R", "--ascii-output": "a", "--color-output": "C", "--monochrome-output": "M"}
_MISSING_OPTIONS = {
    "--raw-input": "input is JSON here; memlake search and memlake sql find words in the lake",
    "--ascii-output": "leave it out: output is UTF-8",
    "--color-output": "leave it out: output has no colours",
    "--monochrome-output": "leave it out: output has no colours",
    "--unbuffered": "leave it out: output is written as it comes",
    "--slurpfile": 'give the value itself: --argjson NAME "$(cat FILE)"',
    "--rawfile": 'give the text itself: --arg NAME "$(cat FILE)"',
    "--args": "give each text a name: --arg NAME TEXT",
    "--jsonargs": "give each value a name: --argjson NAME JSON",
    "--stream": "a program that begins with `.[] |` is run record by record",
    "--seq": "leave it out: values are separated by line breaks",
}
_MANUAL = "https://jqlang.org/manual describes the language; put the program in single quotes"


def _json_arguments(
    context: click.Context, parameter: click.Parameter, values: tuple[tuple[str, str], ...]
) -> list[tuple[str, object]]:
    try:
        return [(name, parse_argument(text)) for name, text in values]
    except ValueError:
        raise click.BadParameter("the value is not JSON", context, parameter) from None


def _refuse(_context: click.Context, parameter: click.Parameter, is_given: bool) -> None:  # noqa: FBT001 - click's way
    if is_given:
        raise UsageError(f"jq's option {parameter.opts[-1]} is not here", hint=_MISSING_OPTIONS[parameter.opts[-1]])


def _refusing_missing_options(command: click.Command) -> click.Command:
    """Let a command name what stands in for the options that jq has beyond it."""
    for name in _MISSING_OPTIONS:
        letters = [f"-{_LETTERS[name]}"] if name in _LETTERS else []
        command.params.append(
            click.Option(
                [*letters, name], is_flag=True, hidden=True, is_eager=True, expose_value=False, callback=_refuse
            )
        )
    return command


def _program_and_input(words: Sequence[str], file: Path | None, context: click.Context) -> tuple[str, str]:
    """Return the text of the program and the name of the input; where a file holds the program all words are input."""
    inputs = words if file else words[1:]
    if file is None and not words:
        raise click.UsageError("Missing argument 'PROGRAM'", context)
    if len(inputs) > 1:
        raise click.UsageError(f"one input is read at a time: {', '.join(inputs)}", context)
    program = decode_text(file.read_bytes()) if file else words[0]
    return replace_lone_surrogates(program), inputs[0] if inputs else DEFAULT_RELATION


@_refusing_missing_options
@click.command("jq", epilog=_INPUTS)
@click.argument("words", nargs=-1, metavar="PROGRAM [INPUT]")
@click.option(
    "-f",
    "--from-file",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Take the program from a file, and leave PROGRAM out.",
)
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
    words: tuple[str, ...],
    file: Path | None,
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
    program, input_name = _program_and_input(words, file, context)
    names: dict[str, object] = {}
    for name, value in [*((name, replace_lone_surrogates(text)) for name, text in texts), *values]:
        names.setdefault(replace_lone_surrogates(name), value)
    task = Task(
        program=Program(program),
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
