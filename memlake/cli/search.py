"""The command `search`."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import get_args

import click

from memlake.cli.formats import as_format
from memlake.cli.invocation import current_invocation
from memlake.cli.options import account_option, first_moment, format_option, json_option, lake_option, last_moment
from memlake.cli.progress import TerminalProgress
from memlake.cli.render import emit, print_page
from memlake.cli.search_view import SEARCH_TITLES, TypedOptions, search_row, search_view
from memlake.jobs.search import search
from memlake.query.memories import STATES
from memlake.query.search_rows import SearchAnswer, SearchHit
from memlake.query.search_scope import SEARCH_PLACES, SearchOptions, SearchPlace

_PLACES = ", ".join(SEARCH_PLACES)


def _places(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[SearchPlace, ...]:
    names = [name for value in values for word in value.split(",") if (name := word.strip().casefold())]
    for name in names:
        if name not in SEARCH_PLACES:
            raise click.BadParameter(f"{name!r} is no place; choose from: {_PLACES}")
    return tuple(place for place in get_args(SearchPlace) if place in names)


def _text(context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> str:
    """Return the words as one text; click passes on options that it does not know."""
    for value in values:
        if value.startswith("--") and value[2:3].isalnum():
            quoted = f"'\"{value}\"'"
            raise click.UsageError(f"there is no option {value}; to find it put it in quotes: {quoted}", context)
    return " ".join(values)


@click.command("search", context_settings={"ignore_unknown_options": True})
@click.argument("text", nargs=-1, metavar="TEXT", callback=_text)
@click.option(
    "--in",
    "places",
    metavar="PLACES",
    multiple=True,
    callback=_places,
    help=f"Where to look: {_PLACES}, several with commas.  [default: all but tools]",
)
@click.option("--role", metavar="ROLE", help="Only what this role said: user, assistant, or with tools tool, system.")
@click.option("--since", metavar="DATE", callback=first_moment, help="Only from this day (UTC) or time on.")
@click.option("--until", metavar="DATE", callback=last_moment, help="Only until the end of this day (UTC) or a time.")
@account_option
@click.option("--project", metavar="NAME", help="Only in this project: its name, its id or the beginning of that.")
@click.option("--model", metavar="NAME", help="Only in conversations in which this model answered.")
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(STATES),
    help="Only memories in this state; may be given several times.",
)
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="Show so many.")
@format_option
@json_option
@lake_option
@click.pass_context
def search_command(
    context: click.Context,
    *,
    text: str,
    places: tuple[SearchPlace, ...],
    role: str | None,
    since: datetime | None,
    until: datetime | None,
    account: str | None,
    project: str | None,
    model: str | None,
    states: tuple[str, ...],
    limit: int,
    format_name: str,
    is_json: bool,
    lake: Path,
) -> None:
    """Search in what was said, the titles of conversations, and memories; the best hits come first.

    Finds what has all the words, in any form: dog finds dogs. begin* finds what begins so, -word leaves out what has
    the word, "some words" finds them as they are, one after the other; single quotes keep all that from the shell.
    Short texts that are about little else come before long ones.

    Letters, digits and _ make a word. snake finds snake_case, too, 1.29 finds 1.29.3 and 1250 finds 1,250.00; for other
    parts of words write their beginning: camel* finds camelCase, v1.29* finds v1.29.3.

    Attached documents that an export holds count as said. What tools were asked and answered, thoughts and hidden
    messages are searched only with --in tools, which reads all of them and takes longer.

    Example: memlake search cello lesson -piano
    """
    options = SearchOptions(
        places=places,
        role=role,
        since=since,
        until=until,
        project=project,
        model=model,
        states=states,
        limit=limit,
    )
    with TerminalProgress() as progress:
        answer = search(lake, text, options, account=account, progress=progress)
    _write(answer, "json" if is_json else format_name, context, _typed(options, account))


def _typed(options: SearchOptions, account: str | None) -> TypedOptions:
    given = [
        ("--role", options.role),
        ("--since", options.since and _typed_moment(options.since)),
        ("--until", options.until and _typed_moment(options.until)),
        ("--account", account),
        ("--project", options.project),
        ("--model", options.model),
        *(("--state", state) for state in options.states),
    ]
    return TypedOptions(
        places=["--in", ",".join(options.places)] if options.places else [],
        limits=[word for name, value in given if value for word in (name, value)],
    )


def _typed_moment(moment: datetime) -> str:
    is_edge_of_day = moment.time() in (time.min, time.max)
    return f"{moment:%Y-%m-%d}" if is_edge_of_day else f"{moment:%Y-%m-%dT%H:%M:%S}"


def _write(answer: SearchAnswer, format_name: str, context: click.Context, typed: TypedOptions) -> None:
    if format_name == "table":
        print_page(*search_view(answer, current_invocation(context), typed))
        return
    markdown = (SEARCH_TITLES, [search_row(hit) for hit in answer.hits])
    emit(as_format(format_name, document=answer, rows=answer.hits, row_type=SearchHit, markdown=markdown))
