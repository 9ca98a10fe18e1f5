"""The commands that print what a provider says to people, and the help for shells."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from memlake.cli.options import provider_named
from memlake.cli.render import emit
from memlake.provider import Provider

_COMPLETIONS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
_provider_argument = click.argument("provider", callback=provider_named)


@click.command("guide")
@_provider_argument
def guide_command(provider: Provider) -> None:
    """Tell how to get an export out of an assistant.

    Example: memlake guide chatgpt
    """
    emit(provider.guide.encode())


@click.command("prompt")
@_provider_argument
def prompt_command(provider: Provider) -> None:
    """Print the text that makes an assistant write out its memories; paste it into a new chat.

    Example: memlake prompt chatgpt
    """
    emit(provider.prompt.encode())


@click.command("completion")
@click.argument("shell", type=click.Choice(list(_COMPLETIONS)))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    """Print what lets the Tab key complete commands and options.

    For good, add the line of the example to ~/.bashrc, or with zsh to ~/.zshrc; fish takes it by
    "memlake completion fish | source" in its config.fish.

    Example: eval "$(memlake completion bash)"
    """
    completion = _COMPLETIONS[shell](context.find_root().command, {}, "memlake", "_MEMLAKE_COMPLETE")
    emit(completion.source().encode())
