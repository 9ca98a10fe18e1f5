"""How this program was called, so that the commands it suggests work as typed."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from memlake.cli.commands import COMMANDS

DEFAULT_LAKE = Path("lake")
_LAKE = "memlake.lake"
_COMMAND_IN_PROSE = re.compile(rf"\bmemlake (?=(?:{'|'.join(COMMANDS)})\b|--help)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """The words that start this program, and the lake it works on."""

    program: str
    lake: Path

    def command(self, *words: str) -> str:
        """Return a command as a shell takes it."""
        lake = () if self.lake == DEFAULT_LAKE else ("--lake", str(self.lake))
        return " ".join([self.program, shlex.join([*lake, *words])]).rstrip()

    def spelled(self, prose: str) -> str:
        """Return a hint whose commands work here."""
        start = self.command()
        return _COMMAND_IN_PROSE.sub(lambda _: f"{start} ", prose)


def current_invocation(context: click.Context | None = None) -> Invocation:
    """Return how the running command was called; without a context its lake is the default one."""
    meta = {} if context is None else context.meta
    return Invocation(program=program_words(sys.argv[0], folder=Path.cwd()), lake=meta.get(_LAKE, DEFAULT_LAKE))


def choose_lake(context: click.Context, lake: Path | None) -> Path:
    """Return the lake to work on: the one said last, else the default."""
    if lake is not None:
        context.meta[_LAKE] = expanded(lake)
    chosen: Path = context.meta.get(_LAKE, DEFAULT_LAKE)
    return chosen


def program_words(called_as: str, *, folder: Path) -> str:
    """Return what to type to start this program again: its name where the shell finds it, else its path."""
    path = Path(called_as)
    if path.name == "__main__.py":
        return "python -m memlake"
    found = shutil.which(path.name)
    if found is None or Path(found).resolve() != path.resolve():
        absolute = folder / path
        path = absolute.relative_to(folder) if absolute.is_relative_to(folder) else absolute
        return shlex.quote(str(path))
    return path.name


def expanded(path: Path) -> Path:
    """Return a path with `~` resolved, as far as there is such a user."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path
