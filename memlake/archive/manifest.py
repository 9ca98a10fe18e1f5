"""What an archive says about itself: how it was made, what it holds, and the hash of every file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Literal

import orjson

from memlake.archive.scope import Style
from memlake.errors import LakeUnavailableError, MemlakeError
from memlake.folders.files import FileEntry, FolderKind, is_inside, sealed
from memlake.folders.swap import Places, Swap
from memlake.folders.typed import read_as
from memlake.lake import schema

MANIFEST_NAME = "MANIFEST.json"
ARCHIVE = FolderKind(noun="archive", listing_name=MANIFEST_NAME)
ARCHIVE_VERSION = 1
_OWN_HASH = "manifest_sha256"
_UPDATE = "update memlake, for instance with: pipx upgrade memlake"
TABULAR_FOLDERS = ("base", "parquet", "jsonl", "csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationEntry:
    """One relation or base table: its columns with their types as DuckDB calls them, and how many rows are here."""

    name: str
    rows: int
    grain: str
    key: tuple[str, ...]
    columns: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How an archive is made of a lake; `style` is that of the Markdown."""

    formats: tuple[str, ...]
    style: Style
    csv_cells: Literal["verbatim", "neutralised"]
    account_key: str | None
    since: str | None
    only: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What an archive was made of: where this is the same, it is the same to the byte."""

    memlake_version: str
    schema_version: int
    lake_content: str
    recipe: Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldExport:
    """An export that an archive was made of; its content tells whether another lake holds it too."""

    export_id: str
    account_key: str
    file_name: str
    content_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All that an archive says about itself; there is no time of making in it."""

    archive_version: int
    origin: Origin
    is_restorable: bool
    why_not_restorable: str | None
    exports: tuple[HeldExport, ...]
    relations: tuple[RelationEntry, ...]
    base: tuple[RelationEntry, ...]
    files: tuple[FileEntry, ...]

    def to_bytes(self) -> bytes:
        """Return it as JSON that ends with its own hash; the same manifest has the same bytes."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return sealed(values, _OWN_HASH)


def relation_of(file: FileEntry) -> tuple[str, str] | None:
    """Return which relation a file holds rows of, as (format or `base`, name): what the beginning of its path says."""
    folder, _, rest = file.path.partition("/")
    return (folder, PurePosixPath(rest).parts[0].partition(".")[0]) if folder in TABULAR_FOLDERS and rest else None


def rows_by_relation(files: Iterable[FileEntry]) -> dict[tuple[str, str], int]:
    """Return how many rows there are of each relation in each format."""
    counts: dict[tuple[str, str], int] = {}
    for file in files:
        if relation := relation_of(file):
            counts[relation] = counts.get(relation, 0) + (file.rows or 0)
    return counts


def places(folder: Path) -> Places:
    """Return where the files of the archive in a folder are read."""
    return Swap(folder, ARCHIVE).places


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of the archive in a folder, `None` if there is none.

    Raises `MemlakeError` if it is not to the byte what memlake wrote, or a newer memlake wrote it; `OSError` if it
    cannot be read.
    """
    path = places(folder).of(MANIFEST_NAME)
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except IsADirectoryError as error:
        raise MemlakeError(f"{path} is a folder", hint="move it away, or take another copy of the archive") from error
    try:
        value = orjson.loads(data)
        version = value["archive_version"]
        if not isinstance(version, int) or version <= ARCHIVE_VERSION:
            kept = {name: found for name, found in value.items() if name != _OWN_HASH}
            manifest: Manifest = read_as(Manifest, kept)
            if manifest.to_bytes() == data and all(is_inside(file.path) for file in manifest.files):
                return manifest
            raise ValueError  # noqa: TRY301 - damaged, as what cannot be read at all
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MemlakeError(
            f"{path} is damaged, or not written by memlake", hint="move it away, or take another copy of the archive"
        ) from error
    raise MemlakeError(f"{folder} was archived by a newer memlake", hint=_UPDATE)


def refuse_newer(folder: Path, manifest: Manifest) -> None:
    """Raise `LakeUnavailableError` for an archive of a lake whose tables this memlake does not know."""
    if manifest.origin.schema_version > schema.latest_version():
        raise LakeUnavailableError(f"{folder} is of a lake of a newer memlake", hint=_UPDATE)
