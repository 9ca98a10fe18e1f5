"""The commands that print what a provider says to people, and the help for shells."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from memlake.cli.options import provider_named
from memlake.cli.render import emit
from memlake.packs.private import CLASSES
from memlake.provider import Provider
from memlake.providers import prompts

_COMPLETIONS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
_provider_argument = click.argument("provider", callback=provider_named)


@click.command("guide")
@_provider_argument
def guide_command(provider: Provider) -> None:
    """Tell how to get an export out of an assistant.

    Example: memlake guide chatgpt
    """
    emit(provider.guide.encode())


def _prompt_for(_context: click.Context, _parameter: click.Parameter, assistant: str) -> str:
    known = prompts()
    if assistant not in known:
        raise click.BadParameter(f"no prompt is known for {assistant!r}; choose one of: {', '.join(sorted(known))}")
    return known[assistant]


def _topics(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> list[str]:
    names = [name for value in values for word in value.split(",") if (name := word.strip().casefold())]
    for name in names:
        if name not in CLASSES:
            raise click.BadParameter(f"{name!r} is no class; choose from: {', '.join(CLASSES)}")
    return list(dict.fromkeys(names))


@click.command("prompt")
@click.argument("prompt", metavar="ASSISTANT", callback=_prompt_for)
@click.option(
    "--exclude",
    "topics",
    metavar="CLASSES",
    multiple=True,
    callback=_topics,
    help=f"Leave out what is private: {', '.join(CLASSES)}; several with commas.",
)
def prompt_command(prompt: str, topics: list[str]) -> None:
    """Print the text that makes an assistant write out its memories; paste it into a new chat.

    Example: memlake prompt chatgpt --exclude health,finance
    """
    if topics:
        left_out = "".join(f"- {CLASSES[topic]}\n" for topic in topics)
        prompt += f"\nOne exception: leave out entirely, without a placeholder, every memory about\n{left_out}"
    emit(prompt.encode())


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
