"""The raw zone inside a lake: one ZIP of text members per distinct content."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import orjson

from memlake.errors import LakeError
from memlake.lake.connection import Database
from memlake.lake.layout import Layout, flush_to_disk, make_private
from memlake.lake.reader import open_lake

_LEFT_BEHIND = "left-behind.json"


def raw_file_name(content_sha256: str) -> str:
    """Return the name under which a content is kept."""
    return f"{content_sha256[:16]}.zip"


def raw_path(layout: Layout, raw_file: str) -> Path:
    """Return where a kept content lies."""
    return layout.raw_zone / raw_file


def is_gone(layout: Layout, raw_file: str | None) -> bool:
    """Tell whether a content was kept and is not there."""
    return raw_file is not None and not raw_path(layout, raw_file).exists()


def left_behind(layout: Layout) -> frozenset[str]:
    """Return the kept contents that did not come along when the lake was made of an archive."""
    try:
        return frozenset(orjson.loads((layout.raw_zone / _LEFT_BEHIND).read_bytes()))
    except (OSError, ValueError, TypeError):
        return frozenset()


def leave_behind(layout: Layout, database: Database) -> None:
    """Remember that all contents of a new lake did not come along: that they are not there is no damage."""
    named = database.query("select distinct raw_file from raw.exports where raw_file is not null order by all").rows
    path = layout.raw_zone / _LEFT_BEHIND
    path.write_bytes(orjson.dumps([name for (name,) in named]))
    make_private(path)


def keep(layout: Layout, raw_file: str, write: Callable[[Path], None]) -> None:
    """Keep a content: `write` gets the path to write to; the name appears when it is whole and on the disk."""
    target = raw_path(layout, raw_file)
    unfinished = target.with_name(target.name + ".part")
    write(unfinished)
    make_private(unfinished)
    flush_to_disk(unfinished)
    unfinished.replace(target)


def sweep(layout: Layout, database: Database | None, *, spared: Collection[Path] = ()) -> None:
    """Remove kept contents that no export of the lake refers to any more."""
    named = database.query("select raw_file from raw.exports where raw_file is not null").rows if database else []
    referenced = {name for (name,) in named}
    for path in _kept(layout):
        if path.name not in referenced and path not in spared:
            path.unlink(missing_ok=True)


def sweep_after_kill(layout: Layout, database: Database) -> None:
    """Remove what a killed run kept: it is newer than the database, which does not refer to it.

    Older contents stay, whatever refers to them: they may be all that is left of a database that was lost.
    """
    swapped_at_ns = layout.database.stat().st_mtime_ns
    sweep(layout, database, spared=[path for path in _kept(layout) if path.stat().st_mtime_ns <= swapped_at_ns])


@contextmanager
def without_leftovers(layout: Layout) -> Iterator[None]:
    """Remove what the block kept, if it fails before the lake refers to it."""
    kept_before = _kept(layout)
    try:
        yield
    except BaseException:
        with suppress(LakeError):  # the failure itself is what counts; the next run sweeps again
            _sweep_closed(layout, kept_before)
        raise


def _sweep_closed(layout: Layout, spared: Collection[Path]) -> None:
    if not layout.exists():
        sweep(layout, None, spared=spared)
        return
    with open_lake(layout) as database:
        sweep(layout, database, spared=spared)


def _kept(layout: Layout) -> list[Path]:
    return sorted(layout.raw_zone.glob("*.zip"))
