"""Where a lake keeps its files, and who may read them: the owner alone."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700
_IGNORE_NAME = ".gitignore"


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths inside one lake's folder."""

    folder: Path

    @property
    def database(self) -> Path:
        """The DuckDB file that people query."""
        return self.folder / "memlake.duckdb"

    @property
    def write_ahead_log(self) -> Path:
        """What a DuckDB process leaves beside the database when it is killed."""
        return self.folder / "memlake.duckdb.wal"

    @property
    def work_database(self) -> Path:
        """The copy that a run writes to before it becomes the database."""
        return self.folder / "memlake.duckdb.work"

    @property
    def lock(self) -> Path:
        """Held by the one process that writes."""
        return self.folder / "memlake.lock"

    @property
    def lock_holder(self) -> Path:
        """Says who holds the lock, or held it last: read only while the lock is held."""
        return self.folder / "memlake.lock.holder"

    @property
    def raw_zone(self) -> Path:
        """The text members of each export, byte for byte."""
        return self.folder / "exports"

    def exists(self) -> bool:
        """Tell whether there is a database to read."""
        try:
            return self.database.exists()
        except OSError:  # a path that no file can have
            return False

    def holds_other_things(self) -> bool:
        """Tell whether there is anything in the folder that a run did not leave which made no lake in the end."""
        ours = {self.lock, self.lock_holder, self.raw_zone, self.folder / _IGNORE_NAME}
        try:
            held = [*self.folder.iterdir(), *(self.raw_zone.glob("*.zip"))]
        except (FileNotFoundError, NotADirectoryError):
            return False
        return any(path not in ours and not path.name.startswith(self.work_database.name) for path in held)

    def create(self) -> None:
        """Make the folder, readable by its owner alone and ignored by git, unless it holds other things already."""
        is_ours = not self.folder.exists() or not any(self.folder.iterdir()) or self.lock.exists()
        self.folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        self.raw_zone.mkdir(mode=FOLDER_MODE, exist_ok=True)
        ignore = self.folder / _IGNORE_NAME
        if is_ours:
            self.folder.chmod(FOLDER_MODE)
        if is_ours and not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
            make_private(ignore)


def make_private(path: Path) -> None:
    """Let only the owner read and write a file."""
    path.chmod(FILE_MODE)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only the owner can enter, and those above it that are missing."""
    if not folder.is_dir():
        make_private_folder(folder.parent)
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)


def flush_to_disk(path: Path) -> None:
    """Return when a file's bytes, or a folder's entries, have reached the disk."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
