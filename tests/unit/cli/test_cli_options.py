"""Values of options that click does not know."""

from __future__ import annotations

import click
import pytest

from memlake.cli.ingest import ingest_command
from memlake.cli.options import OptionWithNames, provider_named, provider_names, size_in_bytes
from memlake.providers import assistants

CONTEXT = click.Context(click.Command("ingest"))
OPTION = click.Option(["--max-unpacked"])


@pytest.mark.parametrize(
    ("words", "size_bytes"),
    [("800", 800), ("80GB", 80 * 10**9), ("1.5 GiB", 3 * 2**29), ("500m", 500 * 10**6), ("2T", 2 * 10**12)],
)
def test_a_size_may_have_a_unit(words: str, size_bytes: int) -> None:
    """Decimal and binary units, with or without B."""
    assert size_in_bytes(CONTEXT, OPTION, words) == size_bytes


@pytest.mark.parametrize("words", ["", "0", "lots", "-1GB", "80 GB and more", "0.1"])
def test_what_is_no_size_is_refused(words: str) -> None:
    """The message shows how to write one."""
    with pytest.raises(click.BadParameter, match="write it like 80GB"):
        size_in_bytes(CONTEXT, OPTION, words)


def test_a_provider_is_found_by_its_name() -> None:
    """The name that people type leads to the provider itself."""
    provider = provider_named(CONTEXT, OPTION, "chatgpt")

    assert provider is not None
    assert provider.title == "ChatGPT"


def test_an_unknown_provider_is_refused_with_the_known_ones() -> None:
    """The message names the choice."""
    with pytest.raises(click.BadParameter, match=r"choose one of: .*chatgpt"):
        provider_named(CONTEXT, OPTION, "nobody")


def test_help_ends_with_the_names_there_are() -> None:
    """Looked up when the help is read: a plug-in may bring another one. A hidden option has no help at all."""
    names = ["abacus"]
    shown = OptionWithNames(["--kind"], names=lambda: names, metavar="NAME", help="Which of them")
    hidden = OptionWithNames(["--kind"], names=lambda: names, help="Which of them", hidden=True)
    names.append("basalt")

    assert shown.get_help_record(CONTEXT) == ("--kind NAME", "Which of them: abacus, basalt.")
    assert hidden.get_help_record(CONTEXT) is None


def test_help_of_ingest_names_every_provider_and_every_assistant() -> None:
    """A provider that is added later is in it by itself."""
    help_text = " ".join(ingest_command.get_help(CONTEXT).split())

    assert f"cannot be told: {', '.join(provider_names())}." in help_text
    assert f"pasted list holds: {', '.join(assistants())}." in help_text
