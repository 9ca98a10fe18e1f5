"""One writer at a time, on a copy of the database that replaces it only when everything went well.

A crash at any point leaves the old lake whole: the copy is named apart and swept away by the next run.
Readers never block a run, and a run never blocks them: they keep the file they opened.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from memlake.errors import LakeUnavailableError
from memlake.lake import schema
from memlake.lake.connection import Database
from memlake.lake.disk import plain_disk_errors
from memlake.lake.layout import Layout, flush_to_disk, make_private

_POLL_SECONDS = 0.2


@contextmanager
def only_writer(layout: Layout, *, job: str, wait_seconds: float) -> Iterator[None]:
    """Be the one process that writes to a lake; leftovers of a killed run are swept away.

    Raises `LakeUnavailableError` naming the holder when it is not free after `wait_seconds`.
    """
    with plain_disk_errors(layout.folder):
        layout.create()
        lock = FileLock(layout.lock, mode=0o600)
        try:
            lock.acquire(timeout=wait_seconds, poll_interval=_POLL_SECONDS)
        except Timeout:
            raise LakeUnavailableError(
                f"{layout.folder} is being written by {_lock_holder(layout)}",
                hint="let it finish, or wait for it with --wait SECONDS",
            ) from None
    try:
        with plain_disk_errors(layout.folder):
            _write_private(layout.lock_holder, json.dumps({"job": job, "pid": os.getpid()}))
            _sweep(layout)
        yield
    finally:
        lock.release()


@contextmanager
def only_writer_or_rehearsal(
    layout: Layout, *, job: str, wait_seconds: float, is_rehearsal: bool
) -> Iterator[Layout | None]:
    """Be the lake's writer; for a rehearsal give a folder to rehearse in, and leave the lake alone."""
    if is_rehearsal:
        with tempfile.TemporaryDirectory(prefix="memlake-") as folder:
            yield Layout(Path(folder))
    else:
        with only_writer(layout, job=job, wait_seconds=wait_seconds):
            yield None


@contextmanager
def guarded(layout: Layout, *, wait_seconds: float) -> Iterator[Database | None]:
    """Hold the lake open for reading, so that no shell can change it meanwhile; `None` if there is none yet.

    Raises `LakeUnavailableError` naming the process that has it open for writing.
    """
    if not layout.exists():
        yield None
        return
    if layout.write_ahead_log.exists():  # a shell was killed: let DuckDB finish what it had written
        _open_patiently(layout, read_only=False, wait_seconds=wait_seconds).close()
    with _open_patiently(layout, read_only=True, wait_seconds=wait_seconds) as database:
        schema.refuse_newer(database)
        yield database


@contextmanager
def revision(
    layout: Layout, *, guard: Database | None, scratch: Layout | None = None, schema_version: int | None = None
) -> Iterator[Database]:
    """Give a copy of the lake to write to, in one transaction; it becomes the lake when the block ends well.

    Only for the `only_writer`, with the lake `guarded` meanwhile. With `scratch` the copy lies there and is
    thrown away: a rehearsal. The base tables are those of the newest schema, or of the one that is asked for.
    """
    place = scratch or layout
    with plain_disk_errors(place.folder):
        work = place.work_database
        original = ExitStack()
        try:
            if guard is not None:
                original.callback(guard.close)
                _clone(original.enter_context(layout.database.open("rb")), work)
            with Database(work, read_only=False) as database:
                make_private(work)
                with database.transaction():
                    schema.migrate(database, until=schema_version)
                    yield database
                if scratch is None:
                    database.run("checkpoint")
            if scratch is None:
                flush_to_disk(work)
                if os.name == "nt":  # which replaces no open file
                    original.close()
                work.replace(layout.database)
                flush_to_disk(layout.folder)
        finally:
            original.close()
            _sweep(place)


def _open_patiently(layout: Layout, *, read_only: bool, wait_seconds: float) -> Database:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            return Database(layout.database, read_only=read_only)
        except LakeUnavailableError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(_POLL_SECONDS)


def _clone(source: BinaryIO, target: Path) -> None:
    """Copy a file, sharing its blocks where the file system can.

    The caller keeps `source` open: POSIX locks belong to the process, so closing any handle of the database
    drops DuckDB's lock, and a shell could write what the swap would lose.
    """
    with target.open("wb") as writer:
        if sys.platform != "linux":
            shutil.copyfileobj(source, writer)
            return
        left = os.fstat(source.fileno()).st_size
        while left > 0:
            copied = os.copy_file_range(source.fileno(), writer.fileno(), left)
            if copied == 0:
                break
            left -= copied


def _sweep(layout: Layout) -> None:
    """Remove what only a run that is over can have left."""
    for path in layout.folder.glob(layout.work_database.name + "*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    for path in layout.raw_zone.glob("*.part"):
        path.unlink(missing_ok=True)


def _lock_holder(layout: Layout) -> str:
    try:
        holder = json.loads(layout.lock_holder.read_text(encoding="utf-8"))
        return f"another memlake ({holder['job']}, process {holder['pid']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another memlake process"


def _write_private(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    make_private(path)
