"""What such a folder is made of: files with a path inside it and their bytes, and one that lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import PurePosixPath
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

    @property
    def is_inside(self) -> bool:
        """Tell whether its path stays in the folder: what a listing names is replaced and deleted."""
        path = PurePosixPath(self.path)
        is_plain = path.parts and ".." not in path.parts and not path.is_absolute() and str(path) == self.path
        return bool(is_plain) and "\\" not in self.path and not (len(self.path) > 1 and self.path[1] == ":")


def names_for_edited(path: str) -> Iterator[str]:
    """Yield names, the best first, under which what somebody made of a file can stay: beside it.

    That of a table goes into a folder apart, because who reads the table takes all files that lie together for it.
    """
    place = PurePosixPath(path)
    folder = _EDITED_FOLDER / place.parent if place.suffix in _TABLE_SUFFIXES else place.parent
    for number in count(1):
        yield str(folder / f"{place.stem}.edited{'' if number == 1 else f'-{number}'}{place.suffix}")


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
