"""Archives to test on, and what a folder holds."""

from __future__ import annotations

from pathlib import Path

import memlake
from memlake.archive.manifest import ARCHIVE
from memlake.folders.files import FolderKind
from memlake.folders.swap import Swap, SwapPlan
from memlake.hashing import sha256_hex

Untouched = dict[str, tuple[bytes, int]]


def archive_of(lake: Path, folder: Path) -> Path:
    """Archive a lake in all formats; return the folder."""
    memlake.Lake(lake).archive(folder, formats=("markdown", "parquet", "jsonl", "csv"))
    return folder


def files_in(folder: Path) -> Untouched:
    """Return the bytes of every file and when it was written last: equal where nothing was touched."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def bytes_in(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file."""
    return {name: data for name, (data, _) in files_in(folder).items()}


def flip_a_byte(path: Path) -> None:
    """Damage a file as an old disk does; an empty one gets a byte."""
    data = bytearray(path.read_bytes() or b"\1")
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cut_short(folder: Path, fresh: Path, kind: FolderKind = ARCHIVE) -> Path:
    """Leave a folder as a kill does in the last moment of a run that makes it equal to a fresh one; return it."""
    staging = Swap(folder, kind).staging
    old, new = bytes_in(folder), bytes_in(fresh)
    pending = {name: data for name, data in new.items() if old.get(name) != data}
    plan = SwapPlan(
        new={name: sha256_hex(old[name]) if name in old else None for name in pending},
        gone={name: sha256_hex(data) for name, data in old.items() if name not in new},
    )
    for name, data in pending.items():
        path = staging / "complete" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (staging / "plan.json").write_bytes(plan.to_bytes())
    return folder
