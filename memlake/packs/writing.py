"""A pack's folder: what lies in it, written in one go, and taken away again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from memlake import __version__
from memlake.errors import UsageError
from memlake.folders.files import FolderFile
from memlake.folders.writing import (
    Comparison,
    FolderWriter,
    finish_interrupted,
    only_folder_writer,
    plain_folder_errors,
)
from memlake.packs.items import Compiled, Limits, PackItem, Target
from memlake.packs.papers import CHECKLIST_NAME, MANUAL_LIST_NAME, checklist, manual_list
from memlake.packs.record import PACK, PackRecord, Recipe, read_record

REMAINDER_NAME = "remainder"
"""The folder inside a pack with what has not landed of it, a pack again."""


def new_record(
    target: Target,
    items: Sequence[PackItem],
    compiled: Compiled,
    *,
    written_at: datetime,
    limits: Limits,
    recipe: Recipe,
) -> PackRecord:
    """Return what a pack says about itself, before it is written."""
    return PackRecord(
        memlake_version=__version__,
        target=target.name,
        written_at=written_at.replace(microsecond=0),
        limits=limits,
        recipe=recipe,
        left_out={},
        placeholders={},
        items=tuple(items),
        over_long=compiled.over_long,
        parts=tuple(part.path for part in compiled.parts),
        files=(),
    )


def pack_files(
    target: Target, items: Sequence[PackItem], compiled: Compiled, *, question: str, folder: Path
) -> Iterator[FolderFile]:
    """Yield the files of the pack in a folder: its parts, the checklist, and what to bring in by hand, if anything."""
    for part in compiled.parts:
        yield FolderFile(path=part.path, data=part.text.encode(), rows=len(part.item_numbers))
    yield FolderFile(
        path=CHECKLIST_NAME, data=checklist(target, items, compiled, question=question, folder=folder).encode()
    )
    if by_hand := manual_list(target, items):
        yield FolderFile(path=MANUAL_LIST_NAME, data=by_hand.encode())


def write_pack(folder: Path, record: PackRecord, files: Sequence[FolderFile], *, is_rehearsal: bool) -> Comparison:
    """Put a pack into a folder in one go; of one that is there only what differs is written, and its time stays.

    Raises `MemlakeError`, and changes nothing, if the folder cannot be written, or holds a pack for another target, a
    file of somebody else under a name that the pack needs, or one that was changed by hand and is another now.
    """
    if is_rehearsal:
        return _write(folder, record, files, is_rehearsal=True)
    with only_folder_writer(folder, PACK) as kept:
        comparison = _write(folder, record, files, is_rehearsal=False)
        return replace(comparison, kept=(*(kept or ()), *comparison.kept))


def remove_pack(folder: Path) -> bool:
    """Take a pack away, as far as nobody changed it; tell whether there was one."""
    finish_pack(folder)
    if read_record(folder) is None:
        return False
    with only_folder_writer(folder, PACK):
        FolderWriter(folder, PACK, read_record(folder), is_rehearsal=False).clear()
    with suppress(OSError):  # it holds other things
        folder.rmdir()
    return True


def finish_pack(folder: Path) -> tuple[str, ...]:
    """Finish what a crash cut short, if one did; return the names of what was kept then of somebody's."""
    with plain_folder_errors(folder, PACK):
        return finish_interrupted(folder, PACK)


def _write(folder: Path, record: PackRecord, files: Sequence[FolderFile], *, is_rehearsal: bool) -> Comparison:
    old = read_record(folder)
    if old and old.target != record.target:
        raise UsageError(f"{folder} holds a pack for {old.target}", hint="choose another folder for the pack")
    writer = FolderWriter(folder, PACK, old, is_rehearsal)
    writer.add(files)
    comparison = writer.compare()
    if not is_rehearsal:
        new = replace(record, files=writer.entries)
        is_same = old is not None and replace(new, written_at=old.written_at).to_bytes() == old.to_bytes()
        kept = writer.finish(old if old is not None and is_same else new)
        comparison = replace(comparison, kept=(*comparison.kept, *kept))
    return comparison
