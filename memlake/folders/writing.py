"""Writes a folder's files beside the old ones: only what differs, read back from the disk, before any is replaced."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from memlake.errors import LakeError, LakeUnavailableError, MemlakeError, UsageError
from memlake.folders.files import (
    FileEntry,
    FolderFile,
    FolderKind,
    Listing,
    entry_of,
    free_name_for_edited,
    is_no_folder,
)
from memlake.folders.swap import Swap, SwapPlan
from memlake.hashing import sha256_hex
from memlake.lake.disk import plain_disk_errors
from memlake.lake.layout import make_private, make_private_folder

_MOST_NAMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How new files differ from those in the folder.

    `kept` are copies, under names of their own, of files that somebody changed and that are replaced or removed.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]


def refuse_lake(folder: Path, lake: Path, kind: FolderKind) -> None:
    """Raise `UsageError` for a folder that is the lake or inside it: nothing is written there but the lake."""
    if folder.resolve().is_relative_to(lake.resolve()):
        what = "is the lake itself" if folder.resolve() == lake.resolve() else f"is inside the lake {lake}"
        raise UsageError(f"{folder} {what}", hint=_elsewhere(kind))


@contextmanager
def plain_folder_errors(folder: Path, kind: FolderKind) -> Iterator[None]:
    """Raise `LakeError` for what a person can mend about such a folder."""
    with plain_disk_errors(folder, elsewhere=_elsewhere(kind), unharmed=_unharmed(kind)):
        yield


@contextmanager
def plain_reading_errors(folder: Path, kind: FolderKind) -> Iterator[None]:
    """Raise `MemlakeError` for what keeps such a folder from being read."""
    try:
        yield
    except OSError as error:
        raise MemlakeError(
            f"{error.filename or folder} cannot be read: {error.strerror}",
            hint=f"make it readable, or choose another {kind.noun}",
        ) from error


@contextmanager
def only_folder_writer(folder: Path, kind: FolderKind) -> Iterator[tuple[str, ...] | None]:
    """Be the one process that writes to a folder, which is made if it is not there; finish what a crash cut short.

    Yields the names of what was kept then of somebody's, `None` if there was nothing to finish. Raises
    `LakeUnavailableError` if another process writes to it.
    """
    swap = Swap(folder, kind)
    was_there = folder.exists()
    with plain_folder_errors(folder, kind):
        make_private_folder(swap.staging)
        lock = FileLock(swap.staging / "lock", mode=0o600)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise LakeUnavailableError(
                f"another memlake is writing to {folder}", hint="let it finish, then try again"
            ) from None
    try:
        with plain_folder_errors(folder, kind):
            kept = swap.finish()
        yield kept
    finally:
        with suppress(OSError, LakeError):  # what cannot be finished now is left for whoever comes next
            swap.finish()
            swap.sweep()
        lock.release()
        if not was_there:
            with suppress(OSError):  # it holds what was written
                folder.rmdir()


def is_interrupted(folder: Path, kind: FolderKind) -> bool:
    """Tell whether a crash came while new files took the place of the old ones."""
    return Swap(folder, kind).is_unfinished


def has_leftovers(folder: Path, kind: FolderKind) -> bool:
    """Tell whether there is anything that only a run of now or a killed one can have put there."""
    return Swap(folder, kind).staging.exists()


def refuse_interrupted(folder: Path, kind: FolderKind) -> None:
    """Raise `UsageError` where a rehearsal would have to finish first what a crash cut short."""
    if is_interrupted(folder, kind):
        raise UsageError(
            f"an earlier run was cut short while it put its files in place: {folder}",
            hint="finish it with the same command without --dry-run",
        )


def finish_interrupted(folder: Path, kind: FolderKind) -> tuple[str, ...]:
    """Finish what a crash cut short, if one did; return the names of what was kept then of somebody's."""
    if not is_interrupted(folder, kind):
        return ()
    with only_folder_writer(folder, kind) as kept:
        return kept or ()


@dataclass(slots=True)
class FolderWriter:
    """Takes new files one by one and stages what differs from the folder; a rehearsal stages nothing.

    What is in the folder and not in the `old` listing is somebody else's: it is never replaced. What is in both, but
    not as listed, somebody changed: it goes only after a copy of it is kept, which is somebody else's from then on.
    """

    folder: Path
    kind: FolderKind
    old: Listing | None
    is_rehearsal: bool
    _entries: dict[str, FileEntry] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)
    _staged: list[FileEntry] = field(default_factory=list)
    _replaced: dict[str, str] = field(default_factory=dict)
    _new: list[str] = field(default_factory=list)
    _changed: list[str] = field(default_factory=list)
    _edited: list[str] = field(default_factory=list)
    _obstacles: dict[str, Path | None] = field(default_factory=dict)
    _in_the_way: list[Path] = field(default_factory=list)
    _made: set[str] = field(default_factory=set)

    @property
    def entries(self) -> tuple[FileEntry, ...]:
        """What a listing says about the files so far, in the order of their paths."""
        return tuple(self._entries[path] for path in sorted(self._entries))

    def add(self, files: Iterable[FolderFile]) -> None:
        """Take all files. Raises `MemlakeError` if a file of somebody else stands in the way of one."""
        known = {file.path.casefold(): file for file in self.old.files} if self.old else {}
        for file in files:
            if file.path.casefold() in self._names:
                raise ValueError(f"two files of the {self.kind.noun} have one name: {file.path}")
            self._names.add(file.path.casefold())
            entry = entry_of(file.path, file.data, file.rows)
            self._entries[file.path] = entry
            with plain_reading_errors(self.folder, self.kind):
                is_there = self._is_there(entry, known.get(file.path.casefold()))
            if not is_there and not self._in_the_way:
                self._stage(entry, file.data)
        if self._in_the_way:
            raise self._obstructed(list(dict.fromkeys(self._in_the_way)))

    def compare(self) -> Comparison:
        """Return how all that was added differs from what is in the folder."""
        differing = {*self._new, *self._changed}
        removed = self._removed()
        return Comparison(
            new=tuple(self._new),
            changed=tuple(self._changed),
            unchanged=tuple(path for path in self._entries if path not in differing),
            removed=tuple(removed),
            kept=tuple(self._copies_to_keep(removed).values()),
        )

    def finish(self, listing: Listing) -> tuple[str, ...]:
        """Put the new files in place of the old ones, if any differ, after a look at each of them on the disk.

        Returns the names of what was kept beside what `compare` tells: somebody changed it in the meantime.
        """
        removed = self._removed()
        copies = self._copies_to_keep(list(removed))
        data = listing.to_bytes()
        is_same_listing = self.old is not None and self.old.to_bytes() == data
        if is_same_listing and not self._staged and not removed:
            return ()
        with plain_folder_errors(self.folder, self.kind):
            for path, name in copies.items():
                held = (self.folder / path).read_bytes()
                self._replaced[path] = sha256_hex(held)
                self._stage(entry_of(name, held, None), held)
            self._stage(entry_of(self.kind.listing_name, data, None), data)
            gone = removed | {path: self._replaced[path] for path in copies if path not in self._entries}
            return self._swap(gone)

    def clear(self) -> tuple[str, ...]:
        """Take all files away that are as they were written, and the listing; return what is kept as `finish` does."""
        listing = {self.kind.listing_name: sha256_hex(self.old.to_bytes())} if self.old else {}
        with plain_folder_errors(self.folder, self.kind):
            return self._swap(self._removed() | listing)

    def _removed(self) -> dict[str, str]:
        """Return what is no part of the folder any more and as it was written, with its hash."""
        return {file.path: file.sha256 for file in self._obsolete() if _is_as_listed(self.folder, file)}

    def _obsolete(self) -> list[FileEntry]:
        return [file for file in self.old.files if file.path not in self._entries] if self.old else []

    def _copies_to_keep(self, removed: Collection[str]) -> dict[str, str]:
        """Return what somebody changed of that which goes, each with the name for a copy of it."""
        with plain_reading_errors(self.folder, self.kind):
            gone = {file.path for file in self._obsolete() if _is_file(self.folder / file.path)}
        taken = set(self._names)
        copies = {}
        for path in sorted({*self._edited, *gone}.difference(removed)):
            copies[path] = free_name_for_edited(self.folder, path, taken)
            taken.add(copies[path].casefold())
        return copies

    def _swap(self, gone: Mapping[str, str]) -> tuple[str, ...]:
        swap = Swap(self.folder, self.kind)
        for entry in self._staged:
            if not _is_as_listed(swap.unfinished, entry):
                raise LakeError(
                    f"{entry.path} is not on the disk as it was written", hint=f"check the disk; {_unharmed(self.kind)}"
                )
        _refuse_unwritable(self.folder, [*gone, *(entry.path for entry in self._staged)])
        former = self._replaced | ({self.kind.listing_name: sha256_hex(self.old.to_bytes())} if self.old else {})
        return swap.commit(SwapPlan(new={entry.path: former.get(entry.path) for entry in self._staged}, gone=gone))

    def _is_there(self, entry: FileEntry, former: FileEntry | None) -> bool:
        """Tell whether nothing is to be written for a file; if not, note what it is to the folder."""
        if (former is None or former.path == entry.path) and self._stands(entry, former):
            return True
        (self._new if former is None else self._changed).append(entry.path)
        if former and _is_as_listed(self.folder, former):
            self._replaced[former.path] = former.sha256
        elif former and _is_file(self.folder / former.path):
            self._edited.append(former.path)
        return False

    def _stands(self, entry: FileEntry, former: FileEntry | None) -> bool:
        """Tell whether a file is in the folder to the byte already, or is only what somebody made of it."""
        path = self.folder / entry.path
        obstacle = self._obstacle(_folder_of(entry.path))
        if obstacle is None and _is_as_listed(self.folder, entry):
            return True
        if obstacle is None and os.path.lexists(path) and not (former and _is_file(path)):
            obstacle = path
        if obstacle:
            self._in_the_way.append(obstacle)
        return bool(self.kind.is_edited and former and former.sha256 == entry.sha256 and _is_file(path))

    def _obstructed(self, paths: list[Path]) -> MemlakeError:
        """Return which files are in the way, and what to move so that none is."""
        named = ", ".join(map(str, paths[:_MOST_NAMES]))
        more = f" and {len(paths) - _MOST_NAMES} more" if len(paths) > _MOST_NAMES else ""
        tops = sorted({path.relative_to(self.folder).parts[0] for path in paths})
        return MemlakeError(
            f"in the way of the {self.kind.noun}, and not written by memlake as far as any {self.kind.listing_name} "
            f"tells: {named}{more}",
            hint=f"move {', '.join(tops)} away, or {_elsewhere(self.kind)}",
        )

    def _obstacle(self, folder: str) -> Path | None:
        """Return what is no folder and has the name of one inside this folder, or of one above it."""
        if folder and folder not in self._obstacles:
            path = self.folder / folder
            self._obstacles[folder] = self._obstacle(_folder_of(folder)) or (path if is_no_folder(path) else None)
        return self._obstacles.get(folder)

    def _stage(self, entry: FileEntry, data: bytes) -> None:
        if self.is_rehearsal:
            return
        self._staged.append(entry)
        folder = _folder_of(entry.path)
        with plain_folder_errors(self.folder, self.kind):
            unfinished = Swap(self.folder, self.kind).unfinished
            if folder not in self._made:
                make_private_folder(unfinished / folder)
                self._made.add(folder)
            path = unfinished / entry.path
            path.write_bytes(data)
            make_private(path)


def _refuse_unwritable(folder: Path, paths: Iterable[str]) -> None:
    """Raise `PermissionError` before the first file is replaced, where the last ones could not be."""
    for parent in sorted({(folder / path).parent for path in paths}):
        nearest = next(place for place in (parent, *parent.parents) if place.exists())
        if not os.access(nearest, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(nearest))


def is_whole(folder: Path, listing: Listing) -> bool:
    """Tell whether every file of a folder is there to the byte."""
    return all(_is_as_listed(folder, file) for file in listing.files)


def _elsewhere(kind: FolderKind) -> str:
    return f"choose another folder for the {kind.noun}"


def _unharmed(kind: FolderKind) -> str:
    return f"the {kind.noun} is as it was before"


def _is_as_listed(folder: Path, entry: FileEntry) -> bool:
    path = folder / entry.path
    with suppress(OSError):
        if not path.is_symlink() and path.stat().st_size == entry.size_bytes:
            return sha256_hex(path.read_bytes()) == entry.sha256
    return False


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _folder_of(path: str) -> str:
    """Return the path of the folder that a path inside the folder is in; nothing for the folder itself."""
    return path.rpartition("/")[0]
