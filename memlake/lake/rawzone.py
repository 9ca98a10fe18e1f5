"""The raw zone inside a lake: one ZIP of text members per distinct content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from memlake.lake.connection import Database
from memlake.lake.layout import Layout, flush_to_disk, make_private


def raw_file_name(content_sha256: str) -> str:
    """Return the name under which a content is kept."""
    return f"{content_sha256[:16]}.zip"


def raw_path(layout: Layout, raw_file: str) -> Path:
    """Return where a kept content lies."""
    return layout.raw_zone / raw_file


def keep(layout: Layout, raw_file: str, write: Callable[[Path], None]) -> None:
    """Keep a content: `write` gets the path to write to; the name appears when it is whole and on the disk."""
    target = raw_path(layout, raw_file)
    unfinished = target.with_name(target.name + ".part")
    write(unfinished)
    make_private(unfinished)
    flush_to_disk(unfinished)
    unfinished.replace(target)


def sweep(layout: Layout, database: Database | None) -> None:
    """Remove kept contents that no export of the lake refers to any more."""
    named = database.query("select raw_file from raw.exports where raw_file is not null").rows if database else []
    referenced = {name for (name,) in named}
    for path in layout.raw_zone.glob("*.zip"):
        if path.name not in referenced:
            path.unlink(missing_ok=True)
