"""The commands `list` and `show`: reading memories and conversations."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import click

from memlake.cli import cards
from memlake.cli.formats import as_csv, as_json, as_json_lines, as_markdown
from memlake.cli.invocation import Invocation, current_invocation
from memlake.cli.options import account_option, json_option, lake_option
from memlake.cli.render import emit, print_page
from memlake.jobs import browse
from memlake.query.conversations import ConversationCard
from memlake.query.memories import ListedMemory, MemoryCard

_CHANNELS = ("memory_file", "list_snapshot", "html", "dump", "prose", "event", "likely")
_FORMATS = ("table", "json", "jsonl", "csv", "markdown", "md")


@click.command("list")
@account_option
@click.option(
    "--channel", type=click.Choice(_CHANNELS), help="Only memories that were seen there; `likely` are listed only so."
)
@click.option("--text", metavar="WORDS", help="Only memories that hold these words.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_FORMATS),
    default="table",
    show_default=True,
    help="How to write the list.",
)
@json_option
@lake_option
@click.pass_context
def list_command(
    context: click.Context,
    *,
    account: str | None,
    channel: str | None,
    text: str | None,
    format_name: str,
    is_json: bool,
    lake: Path,
) -> None:
    """List what the assistant remembers, oldest first.

    Example: memlake list --text cello
    """
    memories = browse.list_the_memories(lake, account=account, channel=channel, text=text)
    _write_list(memories, "json" if is_json else format_name, current_invocation(context))


@click.command("show")
@click.argument("words", nargs=-1, required=True, metavar="ID|TEXT")
@click.option(
    "--all", "is_all", is_flag=True, help="Of a conversation also hidden and tool messages and abandoned branches."
)
@account_option
@json_option
@lake_option
@click.pass_context
def show_command(
    context: click.Context, *, words: tuple[str, ...], is_all: bool, account: str | None, is_json: bool, lake: Path
) -> None:
    """Show a memory or a conversation: by its id, the beginning of it, or words of the memory or the title.

    Where several fit they are listed with their ids. JSON always holds all messages.

    Example: memlake show cello
    """
    shown = browse.show(lake, " ".join(words), account=account)
    if is_json:
        emit(as_json(shown))
    elif isinstance(shown, MemoryCard):
        print_page(*cards.memory_view(shown))
    elif isinstance(shown, ConversationCard):
        print_page(*cards.conversation_view(shown, is_all=is_all))
    else:
        print_page(*cards.choice_view(shown, current_invocation(context)))


def _write_list(memories: list[ListedMemory], format_name: str, invocation: Invocation) -> None:
    match format_name:
        case "json":
            emit(as_json(memories))
        case "jsonl":
            emit(as_json_lines(memories))
        case "csv":
            emit(as_csv(memories, [field.name for field in fields(ListedMemory)]))
        case "markdown" | "md":
            emit(as_markdown(cards.LIST_TITLES, [cards.list_row(memory, memory.memory_id) for memory in memories]))
        case _:
            print_page(*cards.list_view(memories, invocation))
