"""What such a folder is made of: files with a path inside it and their bytes, and one that lists them."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Protocol

import orjson

from memlake.hashing import sha256_hex

_EDITED_FOLDER = PurePosixPath("edited")
_TABLE_SUFFIXES = frozenset({".parquet", ".csv", ".jsonl"})
_JSON_OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


class FolderKind(NamedTuple):
    """What people call such a folder, and the file in it that lists the others: it is put in place last.

    `is_edited`: people write in its files, so one that is not as it was written is left alone.
    """

    noun: str
    listing_name: str
    is_edited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFile:
    """One file: its path inside the folder, with `/`, and its bytes; `rows` counts what it holds, if that is rows."""

    path: str
    data: bytes
    rows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """What a listing says about one file."""

    path: str
    size_bytes: int
    sha256: str
    rows: int | None


def is_inside(name: str) -> bool:
    """Tell whether a path stays in the folder: what a listing names is replaced and deleted."""
    path = PurePosixPath(name)
    is_plain = path.parts and ".." not in path.parts and not path.is_absolute() and str(path) == name
    return bool(is_plain) and "\\" not in name and not (len(name) > 1 and name[1] == ":")


def free_name_for_edited(folder: Path, path: str, taken: Collection[str]) -> str:
    """Return the best name that is free for what somebody made of a file: beside it; `taken` is without case.

    That of a table goes into a folder apart, because who reads the table takes all files that lie together for it.
    """
    place = PurePosixPath(path)
    home = _EDITED_FOLDER / place.parent if place.suffix in _TABLE_SUFFIXES else place.parent
    names = (
        str(home / f"{place.stem}.edited{'' if number == 1 else f'-{number}'}{place.suffix}") for number in count(1)
    )
    return next(name for name in names if name.casefold() not in taken and not os.path.lexists(folder / name))


def is_no_folder(path: Path) -> bool:
    """Tell whether what stands in the place of a folder is none, or leads to another place."""
    return path.is_symlink() or (path.exists() and not path.is_dir())


class Listing(Protocol):
    """What lists the files of a folder."""

    @property
    def files(self) -> tuple[FileEntry, ...]:
        """Every file but the listing itself."""

    def to_bytes(self) -> bytes:
        """Return it as it is written; the same listing has the same bytes."""


def entry_of(path: str, data: bytes, rows: int | None) -> FileEntry:
    """Return what a listing says about a file."""
    return FileEntry(path=path, size_bytes=len(data), sha256=sha256_hex(data), rows=rows)


def sealed(values: Mapping[str, object], hash_name: str) -> bytes:
    """Return a listing as JSON that ends with its own hash, which tells whether somebody changed it."""
    values = dict(values)
    return orjson.dumps(values | {hash_name: sha256_hex(orjson.dumps(values))}, option=_JSON_OPTIONS)
