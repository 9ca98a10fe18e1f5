"""The files of exports that were taken in: their copies in the raw zone, or what they came from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from memlake.errors import LakeError
from memlake.exports import Delivery, Refusal, open_copy, open_deliveries
from memlake.lake import rawzone
from memlake.lake.catalog import ExportEntry
from memlake.lake.layout import Layout


def kept_files(layout: Layout, entries: list[ExportEntry]) -> tuple[dict[ExportEntry, list[Path]], list[ExportEntry]]:
    """Return the files of each export, its copy in the raw zone or where it came from, and which are gone."""
    sources: dict[ExportEntry, list[Path]] = {}
    missing: list[ExportEntry] = []
    for entry in entries:
        kept = [rawzone.raw_path(layout, entry.raw_file)] if entry.raw_file else []
        original = [Path(path) for path in entry.paths]
        found = next((paths for paths in (kept, original) if paths and all(path.exists() for path in paths)), None)
        if found is None:
            missing.append(entry)
        else:
            sources[entry] = found
    return sources, missing


@contextmanager
def opened(entry: ExportEntry, paths: list[Path]) -> Iterator[Delivery]:
    """Open the files of one export; they can be read until the context ends.

    Raises `MemlakeError` if they are no export any more.
    """
    if [path.name for path in paths] == [entry.raw_file]:
        yield open_copy(paths[0])
        return
    with open_deliveries(paths) as deliveries:
        match deliveries:
            case [Delivery() as delivery]:
                yield delivery
            case [Refusal(error=error)]:
                raise error
            case _:
                raise LakeError(f"{entry.file_name} has become {len(deliveries)} exports", hint="put the original back")
