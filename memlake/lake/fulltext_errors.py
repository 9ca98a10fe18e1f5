"""What can go wrong with the files of the search index, in words that help: they are only a cache."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from memlake.errors import LakeError

_PANIC = "PanicException"
_DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM}


class DamagedIndexError(LakeError):
    """Files of the search index have their sizes, but hold what memlake did not write."""


@contextmanager
def explained_writing(folder: Path) -> Iterator[None]:
    """Turn errors of the disk into what a person can do; all that is lost is the cache."""
    try:
        yield
    except PermissionError as error:
        raise LakeError(
            f"the search index in {folder} may not be written",
            hint=f"let yourself write there: chmod -R u+rwX {folder}",
        ) from error
    except BaseException as error:
        if not is_damage(error):
            raise
        raise LakeError(
            f"the search index in {folder} cannot be written: {_first_line(error)}",
            hint=f"free some space, or remove it, since the next search makes it again: rm -r {folder}",
        ) from error


@contextmanager
def explained_reading(folder: Path) -> Iterator[None]:
    """Turn errors of damaged files into `DamagedIndexError`."""
    try:
        yield
    except BaseException as error:
        if not is_damage(error):
            raise
        raise DamagedIndexError(
            f"the search index in {folder} is damaged: {_first_line(error)}",
            hint=f"remove it, since the next search makes it again: rm -r {folder}",
        ) from error


def is_damage(error: BaseException) -> bool:
    """Tell whether files caused it; tantivy's panic at bytes that it did not write is no subclass of Exception."""
    return isinstance(error, OSError | ValueError | pl.exceptions.PolarsError) or type(error).__name__ == _PANIC


def is_of_the_disk(error: BaseException) -> bool:
    """Tell whether the disk refuses to be written, whatever stands in the files."""
    return isinstance(error, OSError) and error.errno in _DISK_ERRORS


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
