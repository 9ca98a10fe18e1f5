"""The command line as tests start it: in this process, which is quicker, or as a process of its own."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import memlake.__main__
from memlake.cli.main import run

_OURS = ("COLUMNS", "FORCE_COLOR", "MEMLAKE_LAKE", "NO_COLOR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What a command left behind."""

    exit_code: int
    stdout: str
    stderr: str


class _Terminal(io.TextIOWrapper):
    """A stream that says that a person watches it."""

    def isatty(self) -> bool:
        return True


def memlake_here(
    *words: str | Path, cwd: Path, lake: Path | None = None, columns: int = 100, is_terminal: bool = False
) -> Finished:
    """Run memlake in this process, as if `python -m memlake` had been typed in a folder.

    `lake` is MEMLAKE_LAKE; `is_terminal` lets a person watch standard output.
    """
    stdout = (_Terminal if is_terminal else io.TextIOWrapper)(io.BytesIO(), encoding="utf-8")
    stderr = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with (
        pytest.MonkeyPatch.context() as changed,
        contextlib.redirect_stdout(stdout),
        contextlib.redirect_stderr(stderr),
    ):
        for name in _OURS:
            changed.delenv(name, raising=False)
        changed.setenv("COLUMNS", str(columns))
        if lake:
            changed.setenv("MEMLAKE_LAKE", str(lake))
        changed.setattr(sys, "argv", [memlake.__main__.__file__, *map(str, words)])
        changed.chdir(cwd)
        exit_code = run()
    return Finished(exit_code=exit_code, stdout=_written(stdout), stderr=_written(stderr))


def memlake_process(
    *words: str | Path, cwd: Path, env: Mapping[str, str] | None = None, stdout: int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Run memlake in a process of its own."""
    return subprocess.run(
        command(*words),
        cwd=cwd,
        env=environment() if env is None else env,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )


def command(*words: str | Path) -> list[str]:
    """Return what starts memlake with some words."""
    return [sys.executable, "-m", "memlake", *map(str, words)]


def environment(**changes: str) -> dict[str, str]:
    """Return the variables of this process without those that change what memlake prints."""
    return {name: value for name, value in os.environ.items() if name not in _OURS} | changes


def writing_nothing_of_its_own() -> dict[str, str]:
    """Return variables for a process that may not write much: neither coverage nor compiled code is to be cut short."""
    kept = {name: value for name, value in environment().items() if not name.startswith("COVERAGE_")}
    return kept | {"PYTHONDONTWRITEBYTECODE": "1"}


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
