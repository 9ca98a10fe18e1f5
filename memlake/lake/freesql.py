"""Questions in free SQL: one statement that only reads, in a lake out of which nothing else can be reached."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer
from typing import Any, Self

import duckdb

from memlake.errors import LakeError, MemlakeError, UsageError
from memlake.lake.connection import Database, Stream
from memlake.lake.questions import HELP, refuse_all_but_reading

_CLASS = re.compile(r"^[\w ]*Error: ")
_PLACE = re.compile(r"\n\n+(?P<lines>LINE \d+:.*)", re.DOTALL)
_NEAREST = re.compile(r"^(?:Did you mean|Candidate bindings|Candidate tables).*", re.MULTILINE)
_MISTAKES = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException, duckdb.SyntaxException)
_SHORTEST_WAIT = 0.05
_LEAST_MEMORY_BYTES = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlLimits:
    """What one question may cost: seconds of work from its start to the last row (0: any number), and memory.

    Work is what DuckDB does and what is made of the rows; that a reader takes its time costs nothing. Memory is what
    DuckDB keeps for tables, sorts and joins; a single text or list that a statement makes is beyond its account.
    """

    seconds: float = 60.0
    memory_bytes: int = 2_000_000_000


@contextmanager
def free_answer(
    database: Database, sql: str, parameters: Mapping[str, object] | None = None, *, limits: SqlLimits | None = None
) -> Iterator[Stream]:
    """Ask one statement that only reads; the rows are worth something until the context ends.

    The database is locked down for good. Raises `UsageError` for what is no such statement, with the place in it, and
    `MemlakeError` for one that fails at its work or costs more than the limits.
    """
    limits = limits or SqlLimits()
    if limits.memory_bytes < _LEAST_MEMORY_BYTES:
        raise UsageError(
            f"DuckDB answers nothing in {limits.memory_bytes:,} bytes of memory", hint="write --memory 50MB or more"
        )
    database.lock_down(memory_bytes=limits.memory_bytes)
    with _Watch(database, limits.seconds) as watch, _explained(limits):
        refuse_all_but_reading(database, sql)
        with watch.working():
            stream = database.stream(sql, dict(parameters) if parameters else None)
        yield Stream(stream.columns, watch.watched(stream.batches))


class _Watch:
    """Ends a question that is worked at for too long.

    DuckDB's work is told by the clock, for it works in threads of its own; what is done with its rows by the processor
    time of this thread, which stands still while a reader is waited for.
    """

    def __init__(self, database: Database, seconds: float) -> None:
        self._database = database
        self._seconds = seconds
        self._worked = 0.0
        self._since: float | None = None
        self._left_at = time.thread_time()
        self._is_over = False
        self._timer: Timer | None = None

    def __enter__(self) -> Self:
        if self._seconds:
            self._arm(self._seconds)
        return self

    def __exit__(self, *_: object) -> None:
        if self._timer:
            self._timer.cancel()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Count the time inside, and the work since the last time. Raises `MemlakeError` if it was too much."""
        self._worked += time.thread_time() - self._left_at
        if self._seconds and self._worked >= self._seconds:
            raise self._too_long()
        self._since = time.monotonic()
        try:
            yield
        except (KeyboardInterrupt, duckdb.InterruptException) as error:
            if not self._is_over:
                raise KeyboardInterrupt from error
            raise self._too_long() from error
        finally:
            self._worked += time.monotonic() - self._since
            self._since = None
            self._left_at = time.thread_time()

    def watched(self, batches: Iterator[list[tuple[Any, ...]]]) -> Iterator[list[tuple[Any, ...]]]:
        """Yield batches, each made under watch."""
        while True:
            with self.working():
                batch = next(batches, None)
            if batch is None:
                return
            yield batch

    def _too_long(self) -> MemlakeError:
        return MemlakeError(
            f"no end after {self._seconds:g} seconds",
            hint="allow more with --timeout SECONDS (0: any time), or ask for less",
        )

    def _arm(self, seconds: float) -> None:
        self._timer = Timer(max(seconds, _SHORTEST_WAIT), self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        since = self._since
        left = self._seconds - self._worked - (time.monotonic() - since if since else 0.0)
        if left > 0 or since is None:
            self._arm(left)
        else:
            self._is_over = True
            self._database.interrupt()


@contextmanager
def _explained(limits: SqlLimits) -> Iterator[None]:
    """Turn what DuckDB says about a question into an error with its place and the nearest help."""
    try:
        yield
    except LakeError as error:
        if not isinstance(error.__cause__, duckdb.OutOfMemoryException):
            raise
        raise MemlakeError(
            f"the answer needs more memory than {limits.memory_bytes:,} bytes",
            hint="allow more with --memory SIZE, or ask for less",
        ) from error
    except duckdb.Error as error:
        text = str(error)
        place = _PLACE.search(text)
        nearest = _NEAREST.search(text)
        kind = UsageError if isinstance(error, _MISTAKES) else MemlakeError
        raise kind(
            _CLASS.sub("", text.splitlines()[0]).rstrip("!"),
            excerpt=place["lines"].rstrip() if place else None,
            hint=nearest[0] if nearest else HELP,
        ) from error
