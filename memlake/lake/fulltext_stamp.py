"""The stamp of a search index, written last: what it was made from, and that it is whole."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from memlake.hashing import short_hash
from memlake.lake import analysis, sqlfiles
from memlake.lake.layout import Layout, make_private

_FORMAT = 2
_FILE = "stamp.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One finished generation of the index; `database` tells one state of the lake's file from all others."""

    version: str
    database: str
    generation: int
    files: dict[str, int]  # name inside the generation's folder -> size in bytes
    message_count: int
    next_message_number: int
    next_conversation_number: int
    dropped_count: int  # messages deleted since the generation was built from nothing: their words still count

    @staticmethod
    def read(folder: Path) -> Stamp | None:
        """Return the stamp of this version's index, if there is one and its files have their sizes."""
        try:
            stamp = Stamp(**json.loads((folder / _FILE).read_bytes()))
            is_whole = stamp.version == index_version() and all(
                (stamp.folder(folder) / name).stat().st_size == size for name, size in stamp.files.items()
            )
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return None
        return stamp if is_whole and stamp.has_right_types() else None

    def has_right_types(self) -> bool:
        """Tell whether the values are what they should be: anybody can write to the file."""
        numbers = (self.generation, self.message_count, self.next_message_number)
        more_numbers = (self.next_conversation_number, self.dropped_count)
        return bool(self.files) and all(type(number) is int for number in (*numbers, *more_numbers))

    def folder(self, folder: Path) -> Path:
        """Return the folder of the generation."""
        return generation_folder(folder, self.generation)

    @staticmethod
    def remove(folder: Path) -> None:
        """Remove the stamp, if there is one, so that no generation counts."""
        (folder / _FILE).unlink(missing_ok=True)

    def write(self, folder: Path) -> None:
        """Replace the stamp at one blow."""
        unfinished = folder / f"{_FILE}.part"
        unfinished.write_text(json.dumps(asdict(self)), encoding="utf-8")
        make_private(unfinished)
        unfinished.replace(folder / _FILE)


def generation_folder(folder: Path, generation: int) -> Path:
    """Return where a generation of the index lies."""
    return folder / f"index-{generation}"


@cache
def index_version() -> str:
    """Return what changes whenever an index has to be built again, whatever the lake holds."""
    parts = (str(_FORMAT), analysis.analysis_version(), sqlfiles.derived_version(), version("tantivy"))
    queries = (sqlfiles.report("index_conversations"), sqlfiles.report("index_messages"))
    return short_hash("\n".join((*parts, *queries)), 16)


def database_state(layout: Layout) -> str:
    """Return what changes whenever the lake's database is replaced or written to; empty if there is none.

    To be asked before the database is opened: what comes in between is then found by the next comparison.
    """
    try:
        found = layout.database.stat()
    except OSError:
        return ""
    return f"{found.st_ino}-{found.st_size}-{found.st_mtime_ns}"
