"""The moment in which a folder's new files take the place of the old ones, and what finishes it after a crash.

All that is new lies complete in a hidden folder inside it. When that gets its final name the new files count; what is
left is to delete and to rename, and whoever comes next finishes that. Until then the old ones count.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import orjson

from memlake.folders.files import FolderKind
from memlake.lake.layout import flush_to_disk, make_private_folder


@dataclass(frozen=True, slots=True)
class Swap:
    """How one folder gets its new files."""

    folder: Path
    kind: FolderKind

    @property
    def staging(self) -> Path:
        """Where new files and the lock lie while they are written."""
        return self.folder / f".memlake-{self.kind.noun}"

    @property
    def unfinished(self) -> Path:
        """Where new files are collected."""
        return self.staging / "new"

    @property
    def is_unfinished(self) -> bool:
        """Tell whether a crash came while new files took the place of the old ones."""
        return self._complete.is_dir()

    def commit(self, obsolete: Sequence[str]) -> None:
        """Let what was collected be the folder's files; those that are obsolete go."""
        make_private_folder(self.unfinished)
        self._obsolete_list.write_bytes(orjson.dumps(list(obsolete)))
        _flush(self.staging)
        self.unfinished.rename(self._complete)
        flush_to_disk(self.staging)
        self.finish()

    def finish(self) -> None:
        """Do what is left of the latest commit; the file that lists the others comes last."""
        if self._obsolete_list.exists():  # only before the first rename: later a name may be that of a new file
            for path in orjson.loads(self._obsolete_list.read_bytes()):
                _delete(self.folder, path)
            self._obsolete_list.unlink()
        files = [path for path in sorted(self._complete.rglob("*")) if not path.is_dir()]
        for path in sorted(files, key=lambda path: path == self._complete / self.kind.listing_name):
            target = self.folder / path.relative_to(self._complete)
            make_private_folder(target.parent)
            path.replace(target)
        _flush(self.folder)
        self.sweep()

    def sweep(self) -> None:
        """Remove what only a run that is over can have left."""
        shutil.rmtree(self.staging, ignore_errors=True)

    @property
    def _complete(self) -> Path:
        return self.staging / "complete"

    @property
    def _obsolete_list(self) -> Path:
        return self.staging / "obsolete.json"


def _delete(folder: Path, path: str) -> None:
    """Delete a file and the folders that it leaves empty."""
    target = folder / path
    target.unlink(missing_ok=True)
    with suppress(OSError):  # the first that is not empty ends it
        for parent in target.relative_to(folder).parents[:-1]:
            os.rmdir(folder / parent)  # noqa: PTH106 - as short as it gets


def _flush(folder: Path) -> None:
    """Return when all that is in a folder has reached the disk: thousands of files in one go, where that can be."""
    if hasattr(os, "sync"):
        os.sync()
    else:
        for path in (*folder.rglob("*"), folder):
            flush_to_disk(path)
