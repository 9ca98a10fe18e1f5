"""The command `show`: one memory or conversation."""

from __future__ import annotations

from pathlib import Path
from typing import assert_never

import click

from memlake.cli import cards, use_view
from memlake.cli.formats import as_json
from memlake.cli.invocation import Invocation, current_invocation
from memlake.cli.options import account_option, json_option, lake_option
from memlake.cli.render import emit, print_page
from memlake.jobs import browse
from memlake.jobs.history import (
    ConversationMemories,
    MemoryConversations,
    conversations_with,
    memories_in_force,
)
from memlake.query.conversations import ConversationCard


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
