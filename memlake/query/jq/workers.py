"""Runs a program on many pieces of input: here, or in processes of its own where there is enough to do.

libjq spends its time on reading JSON and holds Python's lock meanwhile, so threads would not help. Each process has a
thread here, which takes the next piece as soon as its process is free; what comes out is told in the order of the
pieces, and no process runs ahead of that by more than a few blocks.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from queue import Full, Queue
from threading import Lock, Thread
from typing import TypeVar

from memlake.errors import MemlakeError
from memlake.query.jq.engine import Engine, Task
from memlake.query.jq.events import Event
from memlake.query.jq.pieces import Pending, Piece

_WORTH_SHARING = 4  # pieces
_MAX_PROCESSES = 4
_BLOCKS_AHEAD = 4
_PIECES_AHEAD = 8
_PATIENCE_SECONDS = 0.1

Run = tuple[Piece, Iterator[Event]]
_T = TypeVar("_T")


def run_pieces(task: Task, engine: Engine, pieces: Pending) -> Generator[Run, None, None]:
    """Yield each piece with what happens in it, which is to be taken before the next piece.

    Close it to end early: what was taken of the pieces and not yielded is put back. What taking one raises comes in
    its turn.
    """
    process_count = min(os.cpu_count() or 1, _MAX_PROCESSES)
    if process_count == 1 or pieces.count_ahead(_WORTH_SHARING) < _WORTH_SHARING:
        for piece in pieces:
            yield piece, engine.run(piece.text)
        return
    crew = _Crew(task, pieces, process_count)
    try:
        yield from crew.runs()
    finally:
        pieces.put_back(crew.dismiss())


class _OverError(Exception):
    """Nobody wants to know any more."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A piece with what happens in it; `None` is the end, an error the end before its time."""

    piece: Piece
    events: Queue[Event | BaseException | None] = field(default_factory=lambda: Queue(_BLOCKS_AHEAD))

    def take(self) -> Iterator[Event]:
        """Yield the events as they come."""
        while (event := self.events.get()) is not None:
            if isinstance(event, BaseException):
                raise event
            yield event


class _Crew:
    """Processes with an engine each, and the threads that talk to them."""

    def __init__(self, task: Task, pieces: Pending, process_count: int) -> None:
        self._pieces = pieces
        self._unplaced: list[Piece | BaseException] = []
        self._taking = Lock()
        self._is_exhausted = False
        self._is_over = False
        self._told: Queue[_Told | BaseException | None] = Queue(_PIECES_AHEAD)
        context = multiprocessing.get_context("spawn")
        self._processes = []
        self._threads = []
        for _ in range(process_count):
            here, there = context.Pipe()
            process = context.Process(target=_work, args=(task, there), daemon=True)
            process.start()
            there.close()
            self._processes.append(process)
            self._threads.append(Thread(target=self._serve, args=(here,), daemon=True))
        for thread in self._threads:
            thread.start()

    def runs(self) -> Iterator[Run]:
        """Yield the pieces in order with what happens in them."""
        while (told := self._told.get()) is not None:
            if isinstance(told, BaseException):
                raise told
            yield told.piece, told.take()

    def dismiss(self) -> list[Piece | BaseException]:
        """End the processes, whatever they are doing, and the threads with them; return what nobody got to see."""
        self._is_over = True
        for process in self._processes:
            process.kill()
        for thread in self._threads:
            thread.join()
        for process in self._processes:
            process.join()
            process.close()
        placed = (told.piece if isinstance(told, _Told) else told for told in self._told.queue)
        return [*filter(None, placed), *self._unplaced]

    def _serve(self, process: Connection) -> None:
        """Let a process work on one piece after the other."""
        with process, suppress(_OverError):
            while told := self._next():
                try:
                    process.send_bytes(told.piece.text)
                    while (event := process.recv()) is not None:
                        self._tell(told.events, event)
                    self._tell(told.events, None)
                except (EOFError, OSError):
                    self._tell(told.events, MemlakeError("a process that ran the program was ended from outside"))
                    return

    def _next(self) -> _Told | None:
        """Take the next piece; its place in the order is certain before another thread takes one."""
        with self._taking:
            if self._is_exhausted or self._is_over:
                return None
            told: _Told | BaseException | None
            try:
                piece = next(self._pieces, None)
                told = _Told(piece) if piece else None
            except BaseException as error:  # noqa: BLE001 - the thread that asks for the pieces raises it
                told = error
            self._is_exhausted = not isinstance(told, _Told)
            try:
                self._tell(self._told, told)
            except _OverError:
                self._unplaced += [told.piece if isinstance(told, _Told) else told] if told else []
                raise
            return told if isinstance(told, _Told) else None

    def _tell(self, queue: Queue[_T], news: _T) -> None:
        while not self._is_over:
            with suppress(Full):
                queue.put(news, timeout=_PATIENCE_SECONDS)
                return
        raise _OverError


def _work(task: Task, parent: Connection) -> None:
    """Run the program on the pieces that a parent sends, until it sends no more."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    engine = Engine(task)
    with suppress(EOFError, OSError):
        while True:
            for event in engine.run(parent.recv_bytes()):
                parent.send(event)
            parent.send(None)
