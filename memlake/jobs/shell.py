"""DuckDB's own shell on the lake."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from memlake.errors import MemlakeError
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake
from memlake.query.greeting import Greeting, greeting

_SETTINGS = "set autoinstall_known_extensions = false"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """A shell that is ready to be started: its words, and what to say before it."""

    words: tuple[str, ...]
    greeting: Greeting

    def run(self) -> int:
        """Start it on this terminal, wait until it ends, return its exit code; Ctrl-C is for the shell alone."""
        former = signal.signal(signal.SIGINT, _leave_it)  # one that is ignored would be ignored in the shell too
        try:
            return subprocess.call(self.words)  # noqa: S603 - the shell that was found, and a person's own words
        finally:
            signal.signal(signal.SIGINT, former)


def prepare_shell(lake: Path, *, is_writing: bool = False, arguments: Sequence[str] = ()) -> Shell:
    """Return the shell for a lake, read-only unless told otherwise; `arguments` go to it as they are.

    Raises `MemlakeError` if there is no lake, an older memlake made its tables, or no shell is installed.
    """
    layout = Layout(lake)
    with open_lake(layout) as database:
        said = greeting(database)
    mode = () if is_writing else ("-readonly",)
    words = (find_program(), *mode, "-cmd", _SETTINGS, str(layout.database.resolve()), *arguments)
    return Shell(words=words, greeting=said)


def find_program() -> str:
    """Return DuckDB's shell: the one installed with memlake, else the one on the path."""
    beside = Path(sys.executable).parent
    found = shutil.which("duckdb", path=os.pathsep.join([str(beside), os.environ.get("PATH", os.defpath)]))
    if found is None:
        raise MemlakeError(
            "DuckDB's shell is not installed",
            hint="install it with: pip install duckdb-cli, or see https://duckdb.org; memlake sql needs no shell",
        )
    return found


def _leave_it(_signal: int, _frame: FrameType | None) -> None:
    """Let the shell decide what Ctrl-C means."""
