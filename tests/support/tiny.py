"""Exports as small as they can be, and what has to be true of every lake that took some in."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from support.chatgpt import assistant, bio_call, conversation, user
from support.lakes import open_lake
from support.programs import program
from support.zips import write_zip

import memlake
from memlake.lake import schema

FIRST_MEMORY = "Plays the violoncello."
SECOND_MEMORY = "Breeds axolotls."


def tiny_files(name: str, *, remembers: str) -> dict[str, bytes]:
    """Return the files of an export with one conversation, in which one memory is saved."""
    turns = [user(f"Remember: {remembers}"), *bio_call(remembers), assistant("Noted.")]
    return {"conversations.json": json.dumps([conversation(f"c-{name}", *turns)]).encode()}


def first_export(folder: Path) -> Path:
    """Write the export that a lake holds already."""
    return write_zip(folder / "first-2026-01-01.zip", tiny_files("first", remembers=FIRST_MEMORY))


def second_export(folder: Path) -> Path:
    """Write the export that is on its way into a lake."""
    return write_zip(folder / "second-2026-02-01.zip", tiny_files("second", remembers=SECOND_MEMORY))


def remembered(lake: Path) -> list[str]:
    """Return what a lake knows, after testing that it is whole: for the released shell and for our own checks."""
    shell = subprocess.run(
        [program("duckdb"), "-readonly", "-json", lake / "memlake.duckdb", "-c", "select content from memories"],
        check=True,
        capture_output=True,
        text=True,
    )
    with open_lake(lake) as database:
        assert schema.failed_checks(database) == []
        kept = database.query("select raw_file from raw.exports").rows
    assert {(path.name,) for path in (lake / "exports").glob("*.zip")} >= set(kept)
    return sorted(memory["content"] for memory in json.loads(shell.stdout))


def leftovers(lake: Path) -> set[str]:
    """Return the files of a lake that nothing accounts for."""
    with open_lake(lake) as database:
        kept = {name for (name,) in database.query("select raw_file from raw.exports").rows}
    expected = {".gitignore", "exports", "memlake.duckdb", "memlake.lock", "memlake.lock.holder", *kept}
    return {path.name for path in lake.rglob("*")} - expected


def lake_with_first_export(folder: Path) -> Path:
    """Make a lake that holds the first export."""
    memlake.ingest(first_export(folder), lake=folder / "lake")
    return folder / "lake"
