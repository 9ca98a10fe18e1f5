"""The commands `list` and `show`: reading memories and conversations."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import assert_never

import click

from memlake.cli import cards, use_view
from memlake.cli.formats import as_format, as_json
from memlake.cli.invocation import Invocation, current_invocation
from memlake.cli.list_view import (
    AS_OF_TITLES,
    LIST_TITLES,
    STATES,
    STATES_AS_OF,
    as_of_row,
    as_of_view,
    list_row,
    list_view,
)
from memlake.cli.options import account_option, format_option, json_option, lake_option, last_moment
from memlake.cli.render import emit, print_page
from memlake.history.validity import MemoryAsOf
from memlake.jobs import browse
from memlake.jobs.history import (
    ConversationMemories,
    MemoryConversations,
    conversations_with,
    first_list_after,
    memories_as_of,
    memories_in_force,
)
from memlake.query.conversations import ConversationCard
from memlake.query.memories import ListedMemory

_CHANNELS = ("memory_file", "list_snapshot", "html", "dump", "prose", "event", "likely")


@click.command("list")
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
    "--channel", type=click.Choice(_CHANNELS), help="Only memories that were seen there; `likely` are listed only so."
)
@click.option("--text", metavar="WORDS", help="Only memories that hold these words.")
@format_option
@json_option
@lake_option
@click.pass_context
def list_command(
    context: click.Context,
    *,
    account: str | None,
    states: tuple[str, ...],
    moment: datetime | None,
    channel: str | None,
    text: str | None,
    format_name: str,
    is_json: bool,
    lake: Path,
) -> None:
    """List what the assistant remembers, oldest first: active, disabled, deleted, or unknown if no export can tell.

    With --as-of what it remembered at that time, active or disabled; what the exports leave open is marked as
    uncertain.

    Example: memlake list --state disabled
    """
    format_name = "json" if is_json else format_name
    if moment is None:
        memories = browse.list_the_memories(lake, account=account, channel=channel, text=text, states=states)
        _write_list(memories, format_name, context)
    else:
        _refuse_what_no_time_has(states, channel, context)
        then = memories_as_of(lake, moment, account=account, channel=channel, text=text, states=states)
        is_narrowed = bool(text or channel or states)
        first = None if is_narrowed else first_list_after(lake, moment, account=account)
        _write_as_of(then, moment, first, format_name, context)


@click.command("show")
@click.argument("words", nargs=-1, required=True, metavar="ID|TEXT")
@click.option(
    "--all", "is_all", is_flag=True, help="Of a conversation also hidden and tool messages and abandoned branches."
)
@click.option("--memories", "has_memories", is_flag=True, help="Of a conversation what it knew when it answered.")
@click.option("--conversations", "has_conversations", is_flag=True, help="Of a memory which conversations knew it.")
@account_option
@json_option
@lake_option
@click.pass_context
def show_command(
    context: click.Context,
    *,
    words: tuple[str, ...],
    is_all: bool,
    has_memories: bool,
    has_conversations: bool,
    account: str | None,
    is_json: bool,
    lake: Path,
) -> None:
    """Show a memory or a conversation: by its id, the beginning of it, or words of the memory or the title.

    Where several fit they are listed with their ids. JSON always holds all messages.

    Example: memlake show cello
    """
    if has_memories and has_conversations:
        raise click.UsageError("--memories is for a conversation, --conversations for a memory", context)
    look_up = memories_in_force if has_memories else conversations_with if has_conversations else browse.show
    shown = look_up(lake, " ".join(words), account=account)
    if is_json:
        emit(as_json(shown))
    elif isinstance(shown, list):
        options = ["--memories"] * has_memories + ["--conversations"] * has_conversations
        print_page(*cards.choice_view(shown, current_invocation(context), words=["show", *options]))
    else:
        _print_shown(shown, current_invocation(context), is_all=is_all)


def _refuse_what_no_time_has(states: tuple[str, ...], channel: str | None, context: click.Context) -> None:
    timeless = [state for state in states if state not in STATES_AS_OF]
    if timeless:
        raise click.UsageError(
            f"--as-of shows what was there then, active or disabled: none of it was {timeless[0]}", context
        )
    if channel == "likely":
        raise click.UsageError("--as-of does not show likely saves: nothing tells since when they are there", context)


def _write_list(memories: list[ListedMemory], format_name: str, context: click.Context) -> None:
    if format_name == "table":
        print_page(*list_view(memories, current_invocation(context)))
        return
    markdown = (LIST_TITLES, [list_row(memory, memory.memory_id) for memory in memories])
    emit(as_format(format_name, document=memories, rows=memories, row_type=ListedMemory, markdown=markdown))


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


def _print_shown(
    shown: browse.MemoryCard | ConversationCard | ConversationMemories | MemoryConversations,
    invocation: Invocation,
    *,
    is_all: bool,
) -> None:
    match shown:
        case browse.MemoryCard():
            print_page(*cards.memory_view(shown, invocation))
        case ConversationCard():
            print_page(*cards.conversation_view(shown, is_all=is_all))
        case ConversationMemories():
            print_page(*use_view.memories_view(shown, invocation))
        case MemoryConversations():
            print_page(*use_view.conversations_view(shown, invocation))
        case _:
            assert_never(shown)
