"""Running a jq program on what somebody means."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace

from memlake.errors import UsageError
from memlake.jobs.jqinput import Place, open_source
from memlake.query.jq.engine import Engine, Task
from memlake.query.jq.events import DocumentEnd, Event, Fault, Halt, Output, Unreadable, Verdict
from memlake.query.jq.pieces import Pending, Piece
from memlake.query.jq.sources import Source
from memlake.query.jq.workers import run_pieces

_NULL = b"null"
_POSITION = re.compile(r" at line \d+, column \d+$")
_LARGE_BYTES = 50_000_000
_BY_RECORD = "one that begins with `.[] |`, without -n and -s, is run record by record, in little memory"
_SILENT = "debug and stderr write nothing here"


@dataclass(frozen=True, slots=True)
class Note:
    """What people should know beside the output."""

    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, and where."""

    text: str


Told = Output | Problem | Halt | Note


class JqRun:
    """One run of a program; iterate once, and know the exit code then.

    Raises `InvalidProgramError` at once, and `MemlakeError` where the input cannot be read.
    """

    def __init__(self, task: Task, words: str, place: Place, *, is_exit_of_values: bool = False) -> None:
        if task.program.reader_count > 1:
            raise UsageError(
                "input and inputs can stand at one place of a program only", hint="keep it: `input as $next | …`"
            )
        self._task = task
        self._words = words
        self._place = place
        self._verdict = Verdict(is_exit_of_values)
        self._engine = Engine(task)

    @property
    def exit_code(self) -> int:
        """What jq would exit with."""
        return self._verdict.exit_code()

    def __iter__(self) -> Iterator[Told]:
        program = self._task.program
        if program.may_speak:
            yield Note(_SILENT)
        if self._task.is_without_input and not program.reader_count:
            yield from self._told(self._engine.run(_NULL), "the program")
            return
        with open_source(self._words, self._place) as source:
            if source.note:
                yield Note(source.note)
            self._name_input(source)
            if program.is_by_record and not self._task.is_slurped and not self._task.is_without_input:
                yield from self._by_record(source)
            else:
                text = source.whole()
                if len(text) >= _LARGE_BYTES:
                    yield Note(f"the program gets {len(text) / 1_000_000:,.0f} MB at once; {_BY_RECORD}")
                yield from self._told(self._engine.run(text), source.name)

    def _name_input(self, source: Source) -> None:
        """Tell the program what it reads, if it may ask."""
        if source.file_name and self._task.program.may_ask_for_name:
            self._task = replace(self._task, input_name=source.file_name)
            self._engine = Engine(self._task)

    def _by_record(self, source: Source) -> Iterator[Told]:
        """Run the program on slices of lists; where it fails, go on behind the list."""
        pieces = Pending(source.pieces())
        open_list: int | None = None
        has_failed = True
        while has_failed and not self._verdict.is_final:
            has_failed = False
            with closing(run_pieces(self._task, self._engine, pieces)) as runs:
                for piece, events in runs:
                    if open_list not in (None, piece.document):
                        self._verdict.see(DocumentEnd())
                    open_list = None if piece.first_record is None else piece.document
                    for told in self._told(events, source.name, piece):
                        yield told
                        has_failed = has_failed or (isinstance(told, Problem) and open_list is not None)
                    if has_failed or self._verdict.is_final:
                        pieces.drop(piece.document)
                        break
        if open_list is not None:
            self._verdict.see(DocumentEnd())

    def _told(self, events: Iterator[Event], name: str, piece: Piece | None = None) -> Iterator[Told]:
        """Judge what happens in some input, all of it or a piece, and yield what is to be told of it."""
        records = piece if piece is not None and piece.first_record is not None else None
        for event in events:
            if records and isinstance(event, DocumentEnd):
                continue
            if records and isinstance(event, Unreadable) and (yield from self._one_by_one(records, name)):
                return
            self._verdict.see(event)
            match event:
                case Output() | Halt():
                    yield event
                case Fault(message=cause) | Unreadable(reason=cause):
                    yield Problem(self._located(cause, name, records))

    def _one_by_one(self, records: Piece, name: str) -> Generator[Told, None, bool]:
        """Run what libjq could not read as a whole record by record; return whether one of them ended it."""
        if len(records.record_bytes) > 1:
            for record in records.single_records():
                for told in self._told(self._engine.run(record.text), name, record):
                    yield told
                    if isinstance(told, Problem | Halt):
                        return True
        return False

    def _located(self, cause: str, name: str, records: Piece | None) -> str:
        """Return what went wrong with its place, to the record where there are some."""
        if records is None:
            return f"{name}: {cause}"
        cause = _POSITION.sub("", cause)
        for record in records.single_records():
            if any(isinstance(event, Fault | Unreadable) for event in self._engine.run(record.text)):
                return f"record {record.first_record:,} of {name}: {cause}"
        return f"{name}: {cause}"
