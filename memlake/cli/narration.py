"""What is said beside the data, on standard error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from memlake.cli.invocation import current_invocation
from memlake.text import inert_line, inert_text


def print_error(
    message: str, *, excerpt: str | None = None, hint: str | None = None, context: click.Context | None = None
) -> None:
    """Write an error to standard error: what happened, where if lines show it, and on a last line what to do."""
    invocation = current_invocation(context)
    click.echo(f"memlake: error: {inert_line(invocation.spelled(message))}", err=True)
    if excerpt:
        click.echo(inert_text(excerpt), err=True)
    if hint:
        click.echo(f"hint: {inert_line(invocation.spelled(hint))}", err=True)


def print_notes(notes: Iterable[str]) -> None:
    """Write to standard error what a reader of the data should know."""
    for note in notes:
        click.echo(f"memlake: note: {inert_line(note)}", err=True)


@contextmanager
def if_interrupted(after: str) -> Iterator[None]:
    """Let Ctrl-C end the program with words about how things are then, where these are not about the lake."""
    try:
        yield
    except KeyboardInterrupt as interruption:
        raise click.Abort(after) from interruption
