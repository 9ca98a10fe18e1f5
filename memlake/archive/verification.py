"""Tells whether an archive is what it was: every file to the byte, every row counted, every column of its type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from memlake.archive.manifest import Manifest, RelationEntry, relation_of, rows_by_relation
from memlake.folders.files import FileEntry
from memlake.folders.swap import Places
from memlake.hashing import sha256_hex
from memlake.lake import encoding


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one file or relation of an archive."""

    path: str
    what: str


def problems_of(places: Places, manifest: Manifest, *, advance: Callable[[int], None]) -> Iterator[Problem]:
    """Yield what is wrong with an archive; `advance` is told the bytes looked at since the last call."""
    known = {("base", entry.name.removeprefix("raw.")): entry for entry in manifest.base}
    for format_name in manifest.origin.recipe.formats:
        known |= {(format_name, entry.name): entry for entry in manifest.relations}
    for file in manifest.files:
        what = _file_problem(places.of(file.path), file, known.get(relation_of(file) or ("", "")))
        if what:
            yield Problem(path=file.path, what=what)
        advance(file.size_bytes)
    counts = rows_by_relation(manifest.files)
    for (format_name, name), entry in known.items():
        found = counts.get((format_name, name), 0)
        if format_name != "markdown" and found != entry.rows:
            yield Problem(path=f"{format_name}/{name}", what=f"has {found} rows instead of {entry.rows}")


def _file_problem(path: Path, file: FileEntry, relation: RelationEntry | None) -> str | None:
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return "is missing"
    except OSError as error:
        return (
            "is damaged: it is a folder"
            if isinstance(error, IsADirectoryError)
            else f"cannot be read: {error.strerror}"
        )
    if len(data) != file.size_bytes:
        return f"is damaged: it has {len(data)} bytes instead of {file.size_bytes}"
    if sha256_hex(data) != file.sha256:
        return "is damaged: its bytes are not those that were written"
    return None if relation is None else _content_problem(path, file, relation)


def _content_problem(path: Path, file: FileEntry, relation: RelationEntry) -> str | None:
    """Return how rows and columns of a file that is whole differ from what the manifest says."""
    try:
        rows = encoding.rows_in_file(path)
        columns = encoding.parquet_columns(path) if path.suffix == ".parquet" else None
    except ValueError as error:
        return f"cannot be read: {error}"
    if rows != file.rows:
        return f"has {rows} rows instead of {file.rows}"
    in_path = [part.partition("=")[0] for part in Path(file.path).parts if "=" in part]
    expected = {name: kind for name, kind in relation.columns.items() if name not in in_path}
    if columns is not None and not encoding.are_types(columns, expected):
        return "has other columns than the manifest says"
    return None
