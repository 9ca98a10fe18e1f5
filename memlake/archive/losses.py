"""Refuses to put an archive in the place of one that holds more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from memlake.archive.manifest import HeldExport, Manifest
from memlake.archive.scope import Scope
from memlake.errors import UsageError
from memlake.lake import sqlfiles
from memlake.lake.connection import Database

_MOST_NAMES = 3


def held_exports(database: Database, scope: Scope) -> tuple[HeldExport, ...]:
    """Return the exports that an archive of this scope is made of."""
    rows = database.query(sqlfiles.report("archive_held_exports"), {"account_key": scope.account_key})
    return tuple(HeldExport(**row) for row in rows.as_dicts())


def refuse_loss(folder: Path, old: Manifest, exports: Sequence[HeldExport], *, why_not_restorable: str | None) -> None:
    """Raise `UsageError` if an archive that is there holds what a new one of these exports would not."""
    if losses := "; ".join(_losses(old, exports, why_not_restorable)):
        raise UsageError(
            f"the archive in {folder} holds more than the new one would: {losses}",
            hint="choose another folder, or let it go with --replace",
        )


def _losses(old: Manifest, exports: Sequence[HeldExport], why_not_restorable: str | None) -> Iterator[str]:
    if old.is_restorable and why_not_restorable:
        yield f"a lake can be made of it, but not of the new one, for {why_not_restorable}"
    contents = {export.content_sha256 for export in exports}
    lost = [export for export in old.exports if export.content_sha256 not in contents]
    if lost:
        named = ", ".join(f"{export.file_name} of {export.account_key}" for export in lost[:_MOST_NAMES])
        more = f" and {len(lost) - _MOST_NAMES} more" if len(lost) > _MOST_NAMES else ""
        yield f"the new one would be without {named}{more}"
