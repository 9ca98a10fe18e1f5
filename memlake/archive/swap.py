"""The moment in which a new archive takes the place of the old one, and what finishes it after a crash.

All that is new lies complete in a hidden folder inside the archive's. When that gets its final name the new archive
counts; what is left is to delete and to rename, and whoever comes next finishes that. Until then the old one counts.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import orjson

from memlake.archive.manifest import MANIFEST_NAME
from memlake.lake.layout import flush_to_disk, make_private_folder

_STAGING_NAME = ".memlake-archive"


def staging_folder(folder: Path) -> Path:
    """Return where an archive's new files and its lock lie while it is written."""
    return folder / _STAGING_NAME


def unfinished_folder(folder: Path) -> Path:
    """Return where new files are collected."""
    return staging_folder(folder) / "new"


def commit(folder: Path, obsolete: Sequence[str]) -> None:
    """Let what was collected become the archive; files that are obsolete go."""
    staging, unfinished = staging_folder(folder), unfinished_folder(folder)
    _obsolete_list(folder).write_bytes(orjson.dumps(list(obsolete)))
    _flush(staging)
    unfinished.rename(_complete_folder(folder))
    flush_to_disk(staging)
    finish(folder)


def is_unfinished(folder: Path) -> bool:
    """Tell whether a crash came while a new archive took the place of the old one."""
    return _complete_folder(folder).is_dir()


def finish(folder: Path) -> None:
    """Do what is left of the latest commit; the manifest comes last."""
    complete = _complete_folder(folder)
    if _obsolete_list(folder).exists():  # only before the first rename: later a name may be that of a new file
        for path in orjson.loads(_obsolete_list(folder).read_bytes()):
            _delete(folder, path)
        _obsolete_list(folder).unlink()
    files = [path for path in sorted(complete.rglob("*")) if not path.is_dir()]
    for path in sorted(files, key=lambda path: path == complete / MANIFEST_NAME):
        target = folder / path.relative_to(complete)
        make_private_folder(target.parent)
        path.replace(target)
    _flush(folder)
    sweep(folder)


def sweep(folder: Path) -> None:
    """Remove what only a run that is over can have left."""
    shutil.rmtree(staging_folder(folder), ignore_errors=True)


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


def _complete_folder(folder: Path) -> Path:
    return staging_folder(folder) / "complete"


def _obsolete_list(folder: Path) -> Path:
    return staging_folder(folder) / "obsolete.json"
