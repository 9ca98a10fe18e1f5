"""Every mistake a person can mend, and the exit codes that scripts rely on."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a finished command tells its caller."""

    OK = 0
    FAILURE = 1
    USAGE = 2
    PARTLY_READ = 3
    DIFFERENCES = 4
    LAKE_UNAVAILABLE = 5
    INTERRUPTED = 130


class MemlakeError(Exception):
    """A person's mistake or a broken environment: what happened, and what to do next.

    `message` names the cause and the place; `hint` is the next step, a command where there is one. `excerpt` are
    lines that show the place, such as the line of a query with a mark below it.
    """

    exit_code = ExitCode.FAILURE

    def __init__(self, message: str, *, hint: str | None = None, excerpt: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.excerpt = excerpt


class UsageError(MemlakeError):
    """The words of a command or call do not fit together."""

    exit_code = ExitCode.USAGE


class ExportError(MemlakeError):
    """A file or folder is not an export that can be read."""


class LakeError(MemlakeError):
    """The lake is missing, damaged or cannot be written."""


class LakeUnavailableError(LakeError):
    """Another process holds the lake, or a newer memlake made it."""

    exit_code = ExitCode.LAKE_UNAVAILABLE
