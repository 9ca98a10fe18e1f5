"""What goes wrong with disks and folders, in plain words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from memlake.errors import LakeError

_IMPOSSIBLE = {errno.ENAMETOOLONG, errno.ENOENT, errno.EINVAL, errno.ELOOP, errno.EROFS}
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def plain_disk_errors(
    folder: Path, *, elsewhere: str = "choose another --lake", unharmed: str = "the lake is as it was before"
) -> Iterator[None]:
    """Raise `LakeError` for what a person can mend while something writes to a folder, with what to do as hint."""
    try:
        yield
    except PermissionError as error:
        raise LakeError(f"{error.filename or folder} may not be written", hint=elsewhere) from error
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise LakeError(f"no space left for {folder}", hint=f"free some space; {unharmed}") from error
        if isinstance(error, NotADirectoryError | FileExistsError):
            raise LakeError(f"{folder} is not a folder", hint=elsewhere) from error
        if error.errno in _IMPOSSIBLE:
            raise LakeError(f"{folder} cannot be used: {error.strerror}", hint=elsewhere) from error
        raise
