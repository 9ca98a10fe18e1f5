"""Ctrl-C in the commands for packs: what is said to be true afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest
from support.commandline import command
from support.packs import lake_with, pack_of

from memlake.errors import ExitCode

_PATIENCE_SECONDS = 30.0


def test_ctrl_c_says_that_the_lake_was_not_touched(tmp_path: Path) -> None:
    """A check reads none; there are no exports that it could have finished."""
    pack_of(lake_with(tmp_path, "Likes tea."), tmp_path / "pack")
    process = subprocess.Popen(
        command("pack", "check", "pack", "-"), cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin
    assert process.stderr
    process.stdin.write(b"- Likes tea.\n" * 40_000)  # more than a pipe holds: it is being read now
    process.send_signal(signal.SIGINT)
    process.stdin.close()
    with process.stderr as stderr:
        said = stderr.read().decode()

    assert process.wait(_PATIENCE_SECONDS) == ExitCode.INTERRUPTED
    assert "memlake: interrupted; the lake was not touched; the pack is as it was before" in said
    assert "exports" not in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_ctrl_c_while_packing_says_that_the_lake_was_only_read(tmp_path: Path) -> None:
    """It waits for a file of patterns that nobody writes."""
    lake = lake_with(tmp_path, "Likes tea.")
    os.mkfifo(tmp_path / "own.toml")
    words = ("pack", "claude", "pack", "--redact", "own.toml", "--lake", lake)
    process = subprocess.Popen(command(*words), cwd=tmp_path, stderr=subprocess.PIPE)
    assert process.stderr
    with (tmp_path / "own.toml").open("wb"):  # opens once it is read
        process.send_signal(signal.SIGINT)
    with process.stderr as stderr:
        said = stderr.read().decode()

    assert process.wait(_PATIENCE_SECONDS) == ExitCode.INTERRUPTED
    assert "memlake: interrupted; the lake was only read; the pack is as it was before" in said
    assert not (tmp_path / "pack").exists()
