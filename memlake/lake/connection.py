"""The only door to DuckDB: connections, rows, batches, and its errors in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import duckdb

from memlake.errors import LakeError, LakeUnavailableError
from memlake.text import replace_lone_surrogates

if TYPE_CHECKING:  # who only reads need not wait for Polars
    import polars as pl

STORAGE_VERSION = "v1.2.0"  # every DuckDB shell since 1.2 opens it
_SPARING_MEMORY = "250MB"
_LEAST_MEMORY = "192MB"
_WRITER_MEMORY = "400MB"
_ROW_GROUP_ROWS = 4_096
_STREAMED_ROWS = 256
_HELD = re.compile(r"Conflicting lock is held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")
_INTERRUPTED = "Query interrupted"  # all that DuckDB says when Ctrl-C comes while it works
_WRAPPED_INTERRUPT = "KeyboardInterrupt"  # it came while DuckDB called back into Python
_DISK_FULL = re.compile(r"No space left|disk quota|File too large", re.IGNORECASE)

_OF_THE_ENVIRONMENT = (
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.SerializationException,
    duckdb.FatalException,
)


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query: column names, and one tuple a row."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return one dictionary a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Stream:
    """The answer to a query while it comes in: column names, and batches of one tuple a row."""

    columns: tuple[str, ...]
    batches: Iterator[list[tuple[Any, ...]]]

    def __iter__(self) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the batches, once."""
        return self.batches

    def as_dicts(self) -> Iterator[dict[str, Any]]:
        """Yield the rows, one dictionary each, once."""
        for rows in self.batches:
            yield from (dict(zip(self.columns, row, strict=True)) for row in rows)


class _ArrowStream:
    """Hands a Polars frame to DuckDB without pyarrow, which DuckDB asks for if it sees the frame itself."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


class Database:
    """One open DuckDB file. Errors of the environment come out as `LakeError`."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        try:
            with _plain_errors(path):
                self._connection = _connect_reading(path) if read_only else _connect_writing(path)
                self._connection.execute("set timezone = 'UTC'")
        except duckdb.Error as error:  # a file that is damaged, or of a newer format
            raise _explained(error, path) from error
        self.path = path
        self._is_locked_down = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; safe to call twice."""
        self._connection.close()

    def run(self, sql: str, parameters: dict[str, object] | None = None) -> None:
        """Run statements that answer nothing."""
        with _plain_errors(self.path):
            self._connection.execute(sql, _storable(parameters))

    def limit_memory(self) -> None:
        """Keep few of the blocks that are read: for jobs that read much once and need memory for themselves."""
        self.run(f"set memory_limit = '{_SPARING_MEMORY}'")

    def read_in_order(self) -> None:
        """Let one thread read, with little memory: what comes without an order comes as it was written."""
        self.run(f"set memory_limit = '{_LEAST_MEMORY}'")
        self.run("set threads = 1")

    def lock_down(self, *, memory_bytes: int) -> None:
        """Let nothing in or out from now on: no files, no extensions, no settings, no more memory than that.

        Once is for good; later calls change nothing.
        """
        if self._is_locked_down:
            return
        self._is_locked_down = True
        self.run("set temp_directory = ''")
        self.run(f"set memory_limit = '{memory_bytes}B'")
        self.run("set autoload_known_extensions = false")
        self.run("set enable_external_access = false")
        self.run("set lock_configuration = true")

    def statement_kinds(self, sql: str) -> list[str]:
        """Return the kind of each statement in a text, as DuckDB calls it. Raises `duckdb.Error` if it is no SQL."""
        return [statement.type.name for statement in self._connection.extract_statements(sql)]

    def interrupt(self) -> None:
        """End what another thread asks of the database: that one gets `KeyboardInterrupt`."""
        self._connection.interrupt()

    def query(self, sql: str, parameters: dict[str, object] | None = None) -> Rows:
        """Run one query; `$name` parameters."""
        with _plain_errors(self.path):
            cursor = self._connection.execute(sql, _storable(parameters))
            columns = tuple(column[0] for column in cursor.description or ())
            return Rows(columns, cursor.fetchall())

    def stream(self, sql: str, parameters: dict[str, object] | None = None) -> Stream:
        """Run one query and return its rows in small batches, of which the database keeps none.

        Until the last is taken nothing else can be asked.
        """
        with _plain_errors(self.path):
            cursor = self._connection.execute(sql, _storable(parameters))
        columns = tuple(str(column[0]) for column in cursor.description or ())
        return Stream(columns, self._batches(cursor))

    def _batches(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[Any, ...]]]:
        while True:
            with _plain_errors(self.path):
                rows = cursor.fetchmany(_STREAMED_ROWS)
            if not rows:
                return
            yield rows

    def value(self, sql: str, parameters: dict[str, object] | None = None) -> object:
        """Return the first column of the first row, `None` where there is no row."""
        rows = self.query(sql, parameters).rows
        return rows[0][0] if rows else None

    def number(self, sql: str, parameters: dict[str, object] | None = None) -> int:
        """Return one whole number; no row and null are 0."""
        value = self.value(sql, parameters)
        return value if isinstance(value, int) else 0

    def frame(self, sql: str, parameters: dict[str, object] | None = None) -> pl.DataFrame:
        """Run one query and return its answer as a frame, all of it in memory."""
        import polars as pl  # noqa: PLC0415 - who needs no frames need not wait for it

        with _plain_errors(self.path):
            return pl.DataFrame(self._connection.sql(sql, params=_storable(parameters)))

    def append(self, table: str, frame: pl.DataFrame) -> None:
        """Add a frame's rows to a table, column by column name."""
        landing_batch = _ArrowStream(frame)  # found by its name; a registered one would live until the commit
        with _plain_errors(self.path):
            self._connection.execute(f"insert into {table} by name select * from landing_batch")
        del landing_batch

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what happens inside, or nothing of it."""
        self.run("begin transaction")
        try:
            yield
        except BaseException:
            self.run("rollback")
            raise
        self.run("commit")


def _connect_reading(path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(path, read_only=True, config={"autoinstall_known_extensions": False})


def _connect_writing(path: Path) -> duckdb.DuckDBPyConnection:
    """Attach the file instead of opening it: only so can small row groups be asked for.

    A row group is held in memory until it is written, and messages are long.
    """
    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": False,
            "memory_limit": _WRITER_MEMORY,
            "threads": 1,  # landing small batches with two threads costs three times the processor time
            "temp_directory": f"{path}.tmp",
        }
    )
    try:
        name = str(path).replace("'", "''")
        options = f"storage_version '{STORAGE_VERSION}', row_group_size {_ROW_GROUP_ROWS}"
        connection.execute(f"attach '{name}' as lake ({options}); use lake")
    except BaseException:
        connection.close()
        raise
    return connection


def _storable(parameters: dict[str, object] | None) -> dict[str, object] | None:
    """Return values without halves of surrogate pairs: file names and typed words can hold them, DuckDB cannot."""
    return parameters and {name: _storable_value(value) for name, value in parameters.items()}


def _storable_value(value: object) -> object:
    if isinstance(value, list):
        return [_storable_value(item) for item in value]
    return replace_lone_surrogates(value) if isinstance(value, str) else value


def insert_row(database: Database, table: str, values: dict[str, object]) -> None:
    """Insert one row of plain values."""
    names = ", ".join(values)
    places = ", ".join(f"${name}" for name in values)
    database.run(f"insert into {table} ({names}) values ({places})", values)


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        if _WRAPPED_INTERRUPT in str(error):
            raise KeyboardInterrupt from error
        if isinstance(error, _OF_THE_ENVIRONMENT) or _DISK_FULL.search(str(error)):
            raise _explained(error, path) from error
        raise
    except RuntimeError as error:
        if str(error) == _INTERRUPTED:
            raise KeyboardInterrupt from error
        raise


def _explained(error: duckdb.Error, path: Path) -> LakeError:
    text = str(error)
    held = _HELD.search(text)
    if held:
        return LakeUnavailableError(
            f"{path} is open for writing in {held['program']} (process {held['pid']})",
            hint="close it there, or open it read-only; --wait SECONDS waits for it",
        )
    if _DISK_FULL.search(text):
        return LakeError(f"no space left for {path.parent}", hint="free some space; the lake is as it was before")
    if "newer version" in text or "storage version" in text.lower():
        return LakeUnavailableError(f"{path} was written by a newer DuckDB", hint="update memlake")
    return LakeError(
        f"{path} cannot be used: {text.splitlines()[0]}",
        hint=f"if it is damaged, move it away and make it again with: memlake ingest {path.parent / 'exports'}",
    )
