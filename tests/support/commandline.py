"""The command line as people start it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_OURS = ("COLUMNS", "FORCE_COLOR", "MEMLAKE_LAKE", "NO_COLOR")


def environment(**changes: str) -> dict[str, str]:
    """Return the variables of this process without those that change what memlake prints."""
    return {name: value for name, value in os.environ.items() if name not in _OURS} | changes


def command(*words: str | Path) -> list[str]:
    """Return what starts memlake with some words."""
    return [sys.executable, "-m", "memlake", *map(str, words)]


def memlake(
    *words: str | Path, cwd: Path, env: Mapping[str, str] | None = None, stdout: int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Run memlake in a folder and return its exit code and what it said."""
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
