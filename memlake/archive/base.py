"""The base tables in an archive: all that a lake needs to be made anew without its exports."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from memlake.archive.datasets import parquet_metadata
from memlake.archive.manifest import Manifest, relation_of
from memlake.archive.scope import Scope
from memlake.folders.files import FolderFile
from memlake.folders.swap import Places
from memlake.lake import encoding
from memlake.lake.connection import Database
from memlake.lake.relations import base_tables, table_parts

BASE = "base/"
"""How the paths of these tables begin."""

_SCHEMA = "raw"


def why_not_restorable(scope: Scope) -> str | None:
    """Return why a lake cannot be made of an archive of this scope, `None` if it can."""
    chosen = {"--account": scope.account_key, "--since": scope.since, "--only": scope.only}
    options = [option for option, value in chosen.items() if value is not None]
    return f"it holds a part of the lake only ({', '.join(options)})" if options else None


def base_files(database: Database, *, schema_version: int) -> Iterator[FolderFile]:
    """Yield the rows of every base table as Parquet, in the order in which the lake holds them."""
    for table in base_tables(database):
        metadata = parquet_metadata(table, schema_version)
        for part in table_parts(database, table):
            path = f"{BASE}{table.name.removeprefix(f'{_SCHEMA}.')}/part-{part.number:04}.parquet"
            yield FolderFile(path=path, data=encoding.as_parquet(part.frame, metadata), rows=part.frame.height)


def load_base(database: Database, places: Places, manifest: Manifest, *, advance: Callable[[int], None]) -> None:
    """Fill empty base tables from a verified archive; `advance` is told the bytes read since the last call."""
    for file in manifest.files:
        if (relation := relation_of(file)) and relation[0] == "base":
            data = places.of(file.path).read_bytes()
            database.append(f"{_SCHEMA}.{relation[1]}", encoding.from_parquet(data))
            advance(len(data))
