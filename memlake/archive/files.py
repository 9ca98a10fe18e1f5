"""What an archive is made of: files with a path inside it and their bytes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFile:
    """One file: its path inside the archive, with `/`, and its bytes; `rows` counts what it holds, if that is rows."""

    path: str
    data: bytes
    rows: int | None = None
