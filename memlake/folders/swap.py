"""The moment in which a folder's new files take the place of the old ones, and what finishes it after a crash.

All that is new lies complete in a hidden folder inside it, with a plan of what goes where. When that folder gets its
final name the new files count; what is left is to delete and to rename, and who writes there next finishes that. Until
then the old ones count. People may have worked in the folder since: only what the plan knows is replaced or deleted.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

import orjson

from memlake.errors import LakeError
from memlake.folders.files import FolderKind, free_name_for_edited, is_inside, is_no_folder, sealed
from memlake.hashing import sha256_hex
from memlake.lake.layout import flush_to_disk, make_private_folder

_OWN_HASH = "plan_sha256"


@dataclass(frozen=True, slots=True)
class SwapPlan:
    """The SHA-256 of what stands at each path that gets a `new` file (`None`: nothing), and of what is `gone` then."""

    new: Mapping[str, str | None]
    gone: Mapping[str, str]

    def to_bytes(self) -> bytes:
        """Return it as it is written, with its own hash: nobody else's file is taken for one."""
        return sealed(asdict(self), _OWN_HASH)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the files of a folder are read: what a crash kept from its place is in the hidden folder still."""

    folder: Path
    pending: Path | None

    def of(self, path: str) -> Path:
        """Return the place of one file."""
        if self.pending and os.path.lexists(self.pending / path):
            return self.pending / path
        return self.folder / path


@dataclass(frozen=True, slots=True)
class Swap:
    """How one folder gets its new files."""

    folder: Path
    kind: FolderKind

    @property
    def staging(self) -> Path:
        """Where new files and the lock lie while they are written."""
        return self.folder / f".memlake-{self.kind.noun}"

    @property
    def unfinished(self) -> Path:
        """Where new files are collected."""
        return self.staging / "new"

    @property
    def is_unfinished(self) -> bool:
        """Tell whether a crash came while new files took the place of the old ones."""
        return self._plan() is not None

    @property
    def places(self) -> Places:
        """Where to read the files that count."""
        return Places(self.folder, self._complete if self.is_unfinished else None)

    def commit(self, plan: SwapPlan) -> tuple[str, ...]:
        """Let what was collected be the folder's files, as `finish` does."""
        make_private_folder(self.unfinished)
        self._plan_file.write_bytes(plan.to_bytes())
        _flush(self.staging)
        self.unfinished.rename(self._complete)
        flush_to_disk(self.staging)
        return self.finish() or ()

    def finish(self) -> tuple[str, ...] | None:
        """Do what is left of the latest commit, the file that lists the others last; `None` if nothing is.

        Returns the names under which files are kept now that somebody put or changed where the plan knew others.
        Raises `LakeError` if the disk does not let it: the same again goes on from there.
        """
        plan = self._plan()
        kept: list[str] = []
        if plan is not None:
            with self._half_new_errors():
                self._carry_out(plan, kept)
                _flush(self.folder)
        self._clear()
        return None if plan is None else tuple(kept)

    def sweep(self) -> None:
        """Remove what only a run that is over can have left."""
        shutil.rmtree(self.staging, ignore_errors=True)

    def _carry_out(self, plan: SwapPlan, kept: list[str]) -> None:
        pending = [path for path in sorted(plan.new) if os.path.lexists(self._complete / path)]
        if len(pending) == len(plan.new):  # only before the first rename: later a name may be that of a new file
            for path, known in plan.gone.items():
                kept += self._set_aside(path, {known}, plan.new)
                _delete(self.folder, path)
        for path in sorted(pending, key=lambda path: path == self.kind.listing_name):
            for parent in reversed(PurePosixPath(path).parents[:-1]):
                if is_no_folder(self.folder / parent):
                    kept += self._set_aside(str(parent), set(), plan.new)
            known_here = {plan.new[path], _hash_of(self._complete / path)}
            kept += self._set_aside(path, known_here, plan.new)
            make_private_folder((self.folder / path).parent)
            (self._complete / path).replace(self.folder / path)

    def _clear(self) -> None:
        """Remove what a run collected, but not the lock."""
        for leftover in (self.unfinished, self._complete):
            shutil.rmtree(leftover, ignore_errors=True)
        self._plan_file.unlink(missing_ok=True)

    def _set_aside(self, path: str, known: Collection[str | None], reserved: Collection[str]) -> list[str]:
        """Give what stands at a path another name, if it is none of what is known; return that name."""
        held = self.folder / path
        if not os.path.lexists(held) or ((found := _hash_of(held)) and found in known):
            return []
        name = free_name_for_edited(self.folder, path, {name.casefold() for name in reserved})
        make_private_folder((self.folder / name).parent)
        held.rename(self.folder / name)
        return [name]

    def _plan(self) -> SwapPlan | None:
        """Return the plan of a swap that counts already; what somebody else put there is none."""
        if not self._complete.is_dir():
            return None
        try:
            data = self._plan_file.read_bytes()
            value = orjson.loads(data)
            plan = SwapPlan(new=dict(value["new"]), gone=dict(value["gone"]))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        is_ours = plan.to_bytes() == data and all(map(is_inside, [*plan.new, *plan.gone]))
        return plan if is_ours else None

    @contextmanager
    def _half_new_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            place = error.filename2 or error.filename or self.folder
            raise LakeError(
                f"{place} cannot be replaced: {error.strerror}; the {self.kind.noun} in {self.folder} is half old, "
                "half new",
                hint="mend that, then run the same command again: it goes on from there",
            ) from error

    @property
    def _complete(self) -> Path:
        return self.staging / "complete"

    @property
    def _plan_file(self) -> Path:
        return self.staging / "plan.json"


def _hash_of(path: Path) -> str | None:
    """Return the hash of a file; `None` if it is none, or cannot be read."""
    with suppress(OSError):
        if not path.is_symlink():
            return sha256_hex(path.read_bytes())
    return None


def _delete(folder: Path, path: str) -> None:
    """Delete a file and the folders that it leaves empty."""
    target = folder / path
    target.unlink(missing_ok=True)
    with suppress(OSError):  # the first that is not empty ends it
        for parent in target.relative_to(folder).parents[:-1]:
            os.rmdir(folder / parent)  # noqa: PTH106 - as short as it gets


def _flush(folder: Path) -> None:
    """Return when all that is in a folder has reached the disk: thousands of files in one go, where that can be."""
    if hasattr(os, "sync"):
        os.sync()
    else:
        for path in (*folder.rglob("*"), folder):
            flush_to_disk(path)
