"""A small copy of the checkout in which `make` works on an environment that is there already."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from support.documents import ROOT
from support.programs import program

_OF_AN_OUTER_MAKE = {"EXPORT", "LAKE", "MAKEFLAGS", "MAKELEVEL", "MEMLAKE_LAKE", "MFLAGS"}


def make_checkout(folder: Path, *, environment: Path) -> Path:
    """Put into a folder what `make` needs to use an environment instead of installing one."""
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "sample_exports").symlink_to(ROOT / "sample_exports")
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(environment / "bin")
    for stamp in ("pyvenv.cfg", ".installed", ".dev"):  # newer than pyproject.toml: nothing to install
        (folder / ".venv" / stamp).touch()
    return folder


def make(folder: Path, *words: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run make in a checkout, as typed by somebody with that home folder; what runs these tests may be make, too."""
    environment = {name: value for name, value in os.environ.items() if name not in _OF_AN_OUTER_MAKE}
    environment["HOME"] = str(home or folder)
    return subprocess.run(
        [program("make"), *words], check=False, capture_output=True, text=True, cwd=folder, env=environment
    )


def first_session(document: str) -> list[tuple[str, str]]:
    """Return the commands of a Markdown text's first console block, each with what it shows."""
    block = re.search(r"^```console\n(?P<session>.*?)^```$", document, re.MULTILINE | re.DOTALL)
    if block is None:
        return []
    turns = re.split(r"^\$ ", block["session"], flags=re.MULTILINE)[1:]
    return [(command, shown) for command, _, shown in (turn.partition("\n") for turn in turns)]


def matches(shown: str, actual: str) -> bool:
    """Tell whether an output is what a document shows; `…` stands for anything."""
    pattern = ".*?".join(re.escape(part) for part in shown.strip().split("…"))
    return re.fullmatch(pattern, actual.strip(), re.DOTALL) is not None
