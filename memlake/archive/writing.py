"""Writes an archive beside the old one: only what differs, read back from the disk, before anything is replaced."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from memlake.archive import swap
from memlake.archive.files import ArchiveFile
from memlake.archive.manifest import MANIFEST_NAME, FileEntry, Manifest, entry_of, read_manifest
from memlake.errors import LakeError, LakeUnavailableError, MemlakeError
from memlake.hashing import sha256_hex
from memlake.lake.disk import plain_disk_errors
from memlake.lake.layout import make_private, make_private_folder

_ELSEWHERE = "choose another folder for the archive"
_UNHARMED = "the archive is as it was before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How the files of a new archive differ from those in the folder; `kept` are obsolete, but changed by hand."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]


@contextmanager
def plain_archive_errors(folder: Path) -> Iterator[None]:
    """Raise `LakeError` for what a person can mend about the folder of an archive."""
    with plain_disk_errors(folder, elsewhere=_ELSEWHERE, unharmed=_UNHARMED):
        yield


@contextmanager
def only_archiver(folder: Path) -> Iterator[None]:
    """Be the one process that writes to an archive, which is made if it is not there; finish what a crash cut short.

    Raises `LakeUnavailableError` if another process writes to it.
    """
    was_there = folder.exists()
    with plain_archive_errors(folder):
        make_private_folder(swap.staging_folder(folder))
        lock = FileLock(swap.staging_folder(folder) / "lock", mode=0o600)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise LakeUnavailableError(
                f"another memlake is writing to {folder}", hint="let it finish, then try again"
            ) from None
    try:
        with plain_archive_errors(folder):
            if swap.is_unfinished(folder):
                swap.finish(folder)
        yield
    finally:
        if not swap.is_unfinished(folder):
            swap.sweep(folder)
        lock.release()
        if not was_there:
            with suppress(OSError):  # it holds an archive
                folder.rmdir()


def finish_interrupted(folder: Path) -> None:
    """Finish what a crash cut short, for whoever only reads an archive."""
    if swap.is_unfinished(folder):
        with only_archiver(folder):
            pass


@dataclass(slots=True)
class ArchiveWriter:
    """Takes the files of a new archive one by one and stages what differs from the folder; a rehearsal stages nothing.

    What is in the folder and not in its manifest is somebody else's: it is never replaced.
    """

    folder: Path
    is_rehearsal: bool
    _entries: dict[str, FileEntry] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)
    _staged: list[FileEntry] = field(default_factory=list)
    _new: list[str] = field(default_factory=list)
    _changed: list[str] = field(default_factory=list)
    _old: Manifest | None = None

    def __post_init__(self) -> None:
        self._old = read_manifest(self.folder)

    @property
    def entries(self) -> tuple[FileEntry, ...]:
        """What the manifest says about the files so far, in the order of their paths."""
        return tuple(self._entries[path] for path in sorted(self._entries))

    def add(self, files: Iterable[ArchiveFile]) -> None:
        """Take files. Raises `MemlakeError` if a file of somebody else stands in the way of one."""
        known = {file.path.casefold(): file.path for file in self._old.files} if self._old else {}
        for file in files:
            if file.path.casefold() in self._names:
                raise ValueError(f"two files of the archive have one name: {file.path}")
            self._names.add(file.path.casefold())
            entry = entry_of(file.path, file.data, file.rows)
            self._entries[file.path] = entry
            former = known.get(file.path.casefold())
            if former in {None, file.path} and self._stands(entry, is_ours=former is not None):
                continue
            (self._new if former is None else self._changed).append(file.path)
            self._stage(entry, file.data)

    def compare(self) -> Comparison:
        """Return how all that was added differs from what is in the folder."""
        obsolete = [file for file in self._old.files if file.path not in self._entries] if self._old else []
        removed = [file.path for file in obsolete if _is_as_listed(self.folder, file)]
        differing = {*self._new, *self._changed}
        return Comparison(
            new=tuple(self._new),
            changed=tuple(self._changed),
            unchanged=tuple(path for path in self._entries if path not in differing),
            removed=tuple(removed),
            kept=tuple(
                file.path for file in obsolete if file.path not in removed and os.path.lexists(self.folder / file.path)
            ),
        )

    def finish(self, manifest: Manifest) -> None:
        """Put the archive in place of the old one, if anything differs, after a look at every new file on the disk."""
        comparison = self.compare()
        data = manifest.to_bytes()
        is_same_manifest = self._old is not None and self._old.to_bytes() == data
        if is_same_manifest and not self._staged and not comparison.removed:
            return
        with plain_archive_errors(self.folder):
            self._stage(entry_of(MANIFEST_NAME, data, None), data)
            for entry in self._staged:
                if not _is_as_listed(swap.unfinished_folder(self.folder), entry):
                    raise LakeError(
                        f"{entry.path} is not on the disk as it was written", hint="check the disk; " + _UNHARMED
                    )
            swap.commit(self.folder, comparison.removed)

    def _stands(self, entry: FileEntry, *, is_ours: bool) -> bool:
        """Tell whether a file is in the folder to the byte already."""
        path = self.folder / entry.path
        obstacle = next((parent for parent in _parents(self.folder, path) if _is_no_folder(parent)), None)
        if obstacle is None and _is_as_listed(self.folder, entry):
            return True
        if obstacle is None and os.path.lexists(path) and not (is_ours and path.is_file() and not path.is_symlink()):
            obstacle = path
        if obstacle:
            raise MemlakeError(
                f"{obstacle} was not written by memlake, and the archive needs that name",
                hint="move it away, or choose another folder for the archive",
            )
        return False

    def _stage(self, entry: FileEntry, data: bytes) -> None:
        if self.is_rehearsal:
            return
        self._staged.append(entry)
        with plain_archive_errors(self.folder):
            path = swap.unfinished_folder(self.folder) / entry.path
            make_private_folder(path.parent)
            path.write_bytes(data)
            make_private(path)


def is_whole(folder: Path, manifest: Manifest) -> bool:
    """Tell whether every file of an archive is there to the byte."""
    return all(_is_as_listed(folder, file) for file in manifest.files)


def _is_as_listed(folder: Path, entry: FileEntry) -> bool:
    path = folder / entry.path
    with suppress(OSError):
        if not path.is_symlink() and path.stat().st_size == entry.size_bytes:
            return sha256_hex(path.read_bytes()) == entry.sha256
    return False


def _is_no_folder(path: Path) -> bool:
    return path.is_symlink() or (path.exists() and not path.is_dir())


def _parents(folder: Path, path: Path) -> list[Path]:
    return [folder / parent for parent in path.relative_to(folder).parents[:-1]]
