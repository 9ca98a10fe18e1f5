"""What questions are asked of: a lake that took in exports, made once, and the file for the program jq."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from cases import narrate
from measured import FailedRunError

_GOOD = (0, 3)  # 3: the samples hold records that cannot be read
CONVERSATIONS = "conversations.json"
REVERSE_LOOKUP = (
    '.[] | select(.mapping != null) | .mapping[] | select(.message.content.content_type == "text") '
    '| select((.message.content.parts // []) | any(type == "string" and test($q; "i"))) | .message.id'
)
"""The published recipe: which messages say $q."""


def taken_in(lake: Path, *exports: Path) -> Path:
    """Return a lake that took in some exports; one that was cut short or is of another version is made again."""
    if lake.exists() and not _can_be_asked(lake):
        shutil.rmtree(lake)
    if not lake.exists():
        narrate(f"taking in {len(exports)} exports")
        unfinished = lake.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        command: list[str | Path] = [sys.executable, "-m", "memlake", "--lake", unfinished, "ingest", *exports]
        done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        if done.returncode not in _GOOD:
            raise FailedRunError(f"ingest ended with {done.returncode}")
        unfinished.replace(lake)
    return lake


def unpacked(export: Path) -> Path:
    """Return the conversations of an export as a file of its own."""
    target = export.with_suffix(".unpacked") / CONVERSATIONS
    if not target.exists():
        narrate("unpacking it")
        target.parent.mkdir(exist_ok=True)
        unfinished = target.with_suffix(".part")
        with zipfile.ZipFile(export) as archive, archive.open(CONVERSATIONS) as member, unfinished.open("wb") as file:
            shutil.copyfileobj(member, file, 1024 * 1024)
        unfinished.replace(target)
    return target


def _can_be_asked(lake: Path) -> bool:
    command: list[str | Path] = [sys.executable, "-m", "memlake", "--lake", lake, "query", "count"]
    asked = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return asked.returncode == 0
