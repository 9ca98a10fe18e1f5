"""The command `pack`: a pack for each target, and the check of what has landed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from memlake.cli.formats import as_json, fields_of
from memlake.cli.invocation import current_invocation, expanded
from memlake.cli.narration import if_interrupted, print_notes
from memlake.cli.options import account_option, json_option, lake_option, last_moment
from memlake.cli.pack_check_view import pack_check_view
from memlake.cli.pack_view import pack_document, pack_notes, pack_view
from memlake.cli.progress import TerminalProgress
from memlake.cli.render import emit, print_page
from memlake.clock import utc_now
from memlake.history.validity import STATES_AS_OF
from memlake.jobs.pack import PackOptions, pack
from memlake.jobs.pack_check import pack_check
from memlake.jobs.pack_memories import CURRENT
from memlake.packs.categories import CATEGORIES
from memlake.packs.items import Target
from memlake.packs.private import CLASSES
from memlake.packs.targets import TARGETS
from memlake.query.memories import STATES

Command = TypeVar("Command", bound=Callable[..., Any])

_STANDARD_OUTPUT = Path("-")
_SHORTEST_LENGTH = 80
_AFTER = "the pack is as it was before, or the next run on it finishes what was begun"


@click.group("pack", invoke_without_command=True)
@click.pass_context
def pack_group(context: click.Context) -> None:
    """Carry memories to another assistant, without what is private, and check afterwards what has landed there.

    Example: memlake pack claude
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def _folder(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Path | None:
    if value == "":  # an unset variable of a script, which as a path means the folder one is in
        raise click.BadParameter("the name is empty")
    return None if value is None else expanded(Path(value))


def _classes(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    names = (word.strip() for value in values for word in value.split(","))
    return tuple(dict.fromkeys(filter(None, names)))


def _expanded(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path | None:
    return value and expanded(value)


_OPTIONS: tuple[Callable[[Command], Command], ...] = (
    click.option(
        "--as-of",
        metavar="DATE",
        callback=last_moment,
        help="The memories as they stood at the end of a day (UTC) or at a time.",
    ),
    click.option(
        "--state",
        "states",
        multiple=True,
        type=click.Choice(STATES),
        help="Memories in this state; may be given several times.  "
        f"[default: {', '.join(CURRENT)}, as the newest export has them]",
    ),
    click.option(
        "--category",
        "categories",
        multiple=True,
        type=click.Choice(list(CATEGORIES)),
        help="Only memories of this category; may be given several times.",
    ),
    click.option(
        "--include",
        "included",
        metavar="CLASSES",
        multiple=True,
        callback=_classes,
        help=f"Take in what is left out otherwise: {', '.join(CLASSES)}, or a class of yours; several with commas.",
    ),
    click.option(
        "--redact",
        "own_classes",
        metavar="FILE",
        type=click.Path(path_type=Path),
        callback=_expanded,
        help='Leave out more: a TOML file of your classes and their patterns, as clients = ["Acme"].',
    ),
)
"""The options that every target has: what is to go into the pack."""


def _target_command(target: Target) -> click.Command:
    """Return the command that makes a pack for a target; each option for the pack is named as in `PackOptions`."""

    @click.command(target.name, help=_help(target), short_help=target.summary)
    @click.argument("folder", required=False, metavar="[DIR|-]", callback=_folder)
    @_all_of(*_OPTIONS, *_limit_options(target))
    @click.option("--dry-run", "is_dry_run", is_flag=True, help="Only tell what would be packed and what left out.")
    @account_option
    @json_option
    @lake_option
    @click.pass_context
    def command(
        context: click.Context,
        /,
        *,
        folder: Path | None,
        is_json: bool,
        lake: Path,
        **chosen: Any,  # noqa: ANN401 - of every type that an option has
    ) -> None:
        options, is_printed = PackOptions(**chosen), folder == _STANDARD_OUTPUT
        _refuse_contradictions(context, options.states, moment=options.as_of, is_printed=is_printed, is_json=is_json)
        place = None if is_printed else folder or Path(f"pack-{target.name}")
        with if_interrupted(f"the lake was only read; {_AFTER}"):
            summary = pack(lake, target.name, place, options=options, clock=utc_now)
        if is_json:
            emit(as_json(pack_document(summary)))
        elif is_printed:
            print_notes(pack_notes(summary))
            emit(summary.text.encode())
        else:
            print_page(*pack_view(summary, current_invocation(context)))

    return command


@pack_group.command("check", short_help="Tell what has landed of a pack.")
@click.argument("folder", metavar="DIR", callback=_folder)
@click.argument("answer", nargs=-1, required=True, metavar="EXPORT...|-", type=click.Path(path_type=Path))
@click.option("--remainder", "is_never_too_early", is_flag=True, help="Write the remainder also while it is too early.")
@json_option
@click.pass_context
def check_command(
    context: click.Context, *, folder: Path, answer: Sequence[Path], is_never_too_early: bool, is_json: bool
) -> None:
    """Tell what has landed of a pack, a day after it was brought in.

    DIR is the folder of the pack. EXPORT is the target's next export (all its parts), or a file with its answer to
    the question in the checklist; - is such an answer on standard input. Your lake is neither read nor changed.

    Each memory has landed verbatim, reworded, merged with others or in part, was changed to another fact, or is
    missing; what is left is written as a second pack into DIR/remainder. Exit code 4: there is such; 3: it is too
    early, or the answer cannot tell.

    Example: memlake pack check pack-claude answer.txt
    """
    with if_interrupted(f"the lake was not touched; {_AFTER}"), TerminalProgress() as progress:
        check = pack_check(
            folder,
            [expanded(path) for path in answer],
            clock=utc_now,
            progress=progress,
            pasted=sys.stdin.buffer,
            is_never_too_early=is_never_too_early,
        )
    if is_json:
        emit(as_json(fields_of(check) | {"counts": check.counts, "exit_code": check.exit_code}))
    else:
        print_page(*pack_check_view(check, current_invocation(context)))
    context.exit(check.exit_code)


def _help(target: Target) -> str:
    return f"""{target.description}

    Only current memories go in, each once, in its newest words; passwords, health and money stay out. DIR is the
    folder to write, pack-{target.name} by default, with a checklist beside the pack; - prints the pack alone.

    Example: memlake pack {target.name}
    """


def _limit_options(target: Target) -> Iterator[Callable[[Command], Command]]:
    """Yield the options that set other limits; nothing limits the length of what some targets take."""
    yield click.option(
        "--max-items",
        type=click.IntRange(min=1),
        metavar="N",
        help=f"How many lines a part may have.  [default: {target.limits.max_items or 'any number'}]",
    )
    if target.limits.max_length is not None:
        yield click.option(
            "--max-length",
            type=click.IntRange(min=_SHORTEST_LENGTH),
            metavar="N",
            help=f"How many characters {target.unit} may have.  [default: {target.limits.max_length}]",
        )


def _all_of(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Return a decorator that adds options in their order."""

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def _refuse_contradictions(
    context: click.Context, states: Sequence[str], *, moment: datetime | None, is_printed: bool, is_json: bool
) -> None:
    timeless = [state for state in states if moment and state not in STATES_AS_OF]
    if timeless:
        raise click.UsageError(
            f"--as-of packs what was there then, active or disabled: none of it was {timeless[0]}", context
        )
    if is_printed and is_json:
        raise click.UsageError("- prints the pack alone; leave it out with --json, or name a folder", context)


for _target in TARGETS.values():
    pack_group.add_command(_target_command(_target))
