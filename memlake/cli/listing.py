"""The command `list`: the memories, those of a category or with something private, and putting one under a category."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import cast

import click
from click.core import ParameterSource

from memlake.cli.cards import choice_table, choice_view
from memlake.cli.formats import as_format
from memlake.cli.invocation import current_invocation
from memlake.cli.list_view import (
    AS_OF_TITLES,
    LIST_TITLES,
    PRIVATE_TITLES,
    SORTED_TITLES,
    as_of_row,
    as_of_view,
    choice_of_category_view,
    list_row,
    list_view,
    private_row,
    private_view,
    sorted_row,
    sorted_view,
)
from memlake.cli.options import account_option, format_option, json_option, lake_option, last_moment, wait_option
from memlake.cli.render import emit, print_page
from memlake.clock import utc_now
from memlake.errors import ExitCode
from memlake.history.validity import STATES_AS_OF, MemoryAsOf
from memlake.jobs.browse import list_the_memories
from memlake.jobs.history import first_list_after, memories_as_of
from memlake.jobs.sorting import list_private_memories, set_category
from memlake.packs.categories import CATEGORIES, Category
from memlake.packs.private import CLASSES
from memlake.packs.sorting import PrivateMemory, SortedMemory, of_categories
from memlake.query.finding import Found
from memlake.query.memories import CHANNELS, STATES

_AUTO = "auto"
_OF_NOW = {"categories": "--category", "classes": "--private", "choice": "--set-category"}
_OF_ALL = {
    "states": "--state",
    "moment": "--as-of",
    "channel": "--channel",
    "text": "--text",
    "categories": "--category",
    "classes": "--private",
}


@click.command("list")
@click.argument("words", nargs=-1, metavar="[ID|TEXT]")
@account_option
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(STATES),
    help="Only memories in this state; may be given several times.",
)
@click.option(
    "--as-of",
    "moment",
    metavar="DATE",
    callback=last_moment,
    help="The list as it stood at the end of a day (UTC) or at a time: 2025-12-01, 2025-12-01T09:30, 'last tuesday'.",
)
@click.option(
    "--channel", type=click.Choice(CHANNELS), help="Only memories that were seen there; `likely` are listed only so."
)
@click.option("--text", metavar="WORDS", help="Only memories that hold these words.")
@click.option(
    "--category",
    "categories",
    multiple=True,
    type=click.Choice(list(CATEGORIES)),
    help="Only memories of this category, and why they are; may be given several times.",
)
@click.option(
    "--private",
    "classes",
    multiple=True,
    type=click.Choice(sorted(CLASSES)),
    help="Only memories with something private of this class; may be given several times.",
)
@click.option(
    "--set-category",
    "choice",
    type=click.Choice([*CATEGORIES, _AUTO]),
    help="Put one memory, its ID or words of it, under this category; auto: as its words tell.",
)
@wait_option
@format_option
@json_option
@lake_option
@click.pass_context
def list_command(
    context: click.Context,
    *,
    words: tuple[str, ...],
    account: str | None,
    states: tuple[str, ...],
    moment: datetime | None,
    channel: str | None,
    text: str | None,
    categories: tuple[str, ...],
    classes: tuple[str, ...],
    choice: str | None,
    wait_seconds: float,
    format_name: str,
    is_json: bool,
    lake: Path,
) -> None:
    """List what the assistant remembers, oldest first: active, disabled, deleted, or unknown if no export can tell.

    With --as-of what it remembered at that time, active or disabled; what the exports leave open is marked as
    uncertain. The category that you set for a memory outlasts every ingest.

    Example: memlake list --state disabled
    """
    _refuse_what_does_not_fit(context, words)
    format_name = "json" if is_json else format_name
    if choice is not None:
        category = None if choice == _AUTO else cast("Category", choice)
        answer = set_category(
            lake, " ".join(words), category, account=account, clock=utc_now, wait_seconds=wait_seconds
        )
        _write_choice(answer, choice, format_name, context)
    elif classes:
        private = list_private_memories(
            lake, classes, account=account, channel=channel, text=text, states=states, categories=categories
        )
        _write_private(private, format_name)
    elif moment is None:
        memories = list_the_memories(lake, account=account, channel=channel, text=text, states=states)
        _write_list(memories, categories, format_name, context)
    else:
        _refuse_what_no_time_has(states, channel, context)
        then = memories_as_of(lake, moment, account=account, channel=channel, text=text, states=states)
        is_narrowed = bool(text or channel or states)
        first = None if is_narrowed else first_list_after(lake, moment, account=account)
        _write_as_of(then, moment, first, format_name, context)


def _refuse_what_does_not_fit(context: click.Context, words: Sequence[str]) -> None:
    """Raise a usage error where options mean different things, or words are there for nothing."""
    given = {name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    if "moment" in given and (of_now := [option for name, option in _OF_NOW.items() if name in given]):
        raise click.UsageError(f"{of_now[0]} is about the list as it is now, --as-of about another time", context)
    if "choice" not in given:
        if words:
            raise click.UsageError(
                f"what about {' '.join(words)!r}? --text finds words, --set-category puts it under a category", context
            )
        return
    if not " ".join(words).strip():
        raise click.UsageError("--set-category needs a memory: its id or words of it", context)
    if of_all := [option for name, option in _OF_ALL.items() if name in given]:
        raise click.UsageError(f"{of_all[0]} chooses among all memories, --set-category means one", context)


def _refuse_what_no_time_has(states: tuple[str, ...], channel: str | None, context: click.Context) -> None:
    timeless = [state for state in states if state not in STATES_AS_OF]
    if timeless:
        raise click.UsageError(
            f"--as-of shows what was there then, active or disabled: none of it was {timeless[0]}", context
        )
    if channel == "likely":
        raise click.UsageError("--as-of does not show likely saves: nothing tells since when they are there", context)


def _write_list(found: list[SortedMemory], categories: Sequence[str], format_name: str, context: click.Context) -> None:
    memories = list(of_categories(found, categories))
    if format_name == "table":
        invocation, others_count = current_invocation(context), len(found) - len(memories)
        print_page(
            *(
                sorted_view(memories, invocation, others_count=others_count)
                if categories
                else list_view(memories, invocation)
            )
        )
        return
    titles, row = (SORTED_TITLES, sorted_row) if categories else (LIST_TITLES, list_row)
    markdown = (titles, [row(memory, memory.memory_id) for memory in memories])
    emit(as_format(format_name, document=memories, rows=memories, row_type=SortedMemory, markdown=markdown))


def _write_private(memories: list[PrivateMemory], format_name: str) -> None:
    if format_name == "table":
        print_page(*private_view(memories))
        return
    markdown = (PRIVATE_TITLES, [private_row(memory, memory.memory_id) for memory in memories])
    emit(as_format(format_name, document=memories, rows=memories, row_type=PrivateMemory, markdown=markdown))


def _write_choice(answer: SortedMemory | list[Found], choice: str, format_name: str, context: click.Context) -> None:
    """Write what was decided, or the memories to choose from, which nothing was decided about."""
    invocation = current_invocation(context)
    if isinstance(answer, list):
        if format_name == "table":
            print_page(*choice_view(answer, invocation, words=["list"], rest=["--set-category", choice]))
        else:
            emit(as_format(format_name, document=answer, rows=answer, row_type=Found, markdown=choice_table(answer)))
        context.exit(ExitCode.USAGE)
    elif format_name == "table":
        print_page(*choice_of_category_view(answer, invocation, is_automatic=choice == _AUTO))
    else:
        markdown = (SORTED_TITLES, [sorted_row(answer, answer.memory_id)])
        emit(as_format(format_name, document=answer, rows=[answer], row_type=SortedMemory, markdown=markdown))


def _write_as_of(
    memories: list[MemoryAsOf],
    moment: datetime,
    first_list_at: datetime | None,
    format_name: str,
    context: click.Context,
) -> None:
    if format_name == "table":
        print_page(*as_of_view(memories, moment, current_invocation(context), first_list_at=first_list_at))
        return
    markdown = (AS_OF_TITLES, [as_of_row(memory) for memory in memories])
    emit(as_format(format_name, document=memories, rows=memories, row_type=MemoryAsOf, markdown=markdown))
