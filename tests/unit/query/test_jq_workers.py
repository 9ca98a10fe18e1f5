"""A program on many pieces, here and in processes of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import closing
from itertools import islice

import pytest
from support.jq import task

from memlake.errors import ExportError, MemlakeError
from memlake.query.jq import workers
from memlake.query.jq.engine import Engine
from memlake.query.jq.events import Fault, Output
from memlake.query.jq.pieces import Pending, Piece, batched
from memlake.query.jq.workers import run_pieces

NUMBERS = range(1, 101)


def lists(numbers: range = NUMBERS) -> Iterator[Piece]:
    """Yield lists of one number each."""
    return batched((b"%d" % number for number in numbers), piece_bytes=1)


def pieces(numbers: range = NUMBERS) -> Pending:
    """Return lists of one number each, still to be run."""
    return Pending(lists(numbers))


def outputs(text: str, given: Pending) -> list[bytes]:
    """Return what a program prints for each piece."""
    wanted = task(text)
    with closing(run_pieces(wanted, Engine(wanted), given)) as runs:
        return [b"".join(event.data for event in events if isinstance(event, Output)) for _, events in runs]


def test_what_comes_out_stands_in_the_order_of_the_pieces() -> None:
    """Whichever process is done first, and however much comes out."""
    text = '.[] | if . % 7 == 0 then range(20000) | "slow" else . end'
    expected = [b'"slow"\n' * 20_000 if number % 7 == 0 else b"%d\n" % number for number in NUMBERS]

    assert outputs(text, pieces()) == expected


def test_a_few_pieces_are_run_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes would take longer to start than to work."""
    monkeypatch.setattr(workers, "_Crew", None)

    assert outputs(".[]", pieces(range(3))) == [b"0\n", b"1\n", b"2\n"]


def test_all_pieces_are_run_here_where_there_is_one_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same result."""
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(workers, "_Crew", None)

    assert outputs(".[]", pieces()) == [b"%d\n" % number for number in NUMBERS]


@pytest.mark.parametrize("text", [".[]", ".[] | repeat(1)", ".[] | last(repeat(1))"])
def test_who_ends_early_leaves_no_process_behind(text: str) -> None:
    """Also one that would never come to an end."""
    wanted = task(text)
    runs = run_pieces(wanted, Engine(wanted), pieces())
    next(runs)

    runs.close()

    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("text", [".[]", ".[] | range(100000)"])
def test_what_was_taken_ahead_is_put_back(text: str) -> None:
    """Nothing is lost between two runs, an error that was met on the way included."""

    def broken() -> Iterator[Piece]:
        yield from lists(range(1, 21))
        raise ExportError("the rest is missing")

    wanted, left = task(text), Pending(broken())
    seen: list[int | None] = []
    while len(seen) < 20:
        with closing(run_pieces(wanted, Engine(wanted), left)) as runs:
            seen += [piece.first_record for piece, _ in islice(runs, min(3, 20 - len(seen)))]

    assert seen == list(range(1, 21))
    with pytest.raises(ExportError, match="the rest is missing"):
        next(left)


def test_lists_that_nobody_wants_are_left_out() -> None:
    """Also pieces of them that were put back."""
    left = Pending(piece for document in (0, 1) for piece in batched([b"1", b"2"], document=document, piece_bytes=1))
    left.put_back([next(left)])

    left.drop(0)

    assert [(piece.document, piece.text) for piece in left] == [(1, b"[1]"), (1, b"[2]")]


def test_an_error_of_the_program_comes_in_its_turn() -> None:
    """With the piece that it is of."""
    wanted = task(".[] | if . == 50 then error else . end")
    with closing(run_pieces(wanted, Engine(wanted), pieces())) as runs:
        failed = [piece.first_record for piece, events in runs if Fault in map(type, events)]

    assert failed == [50]


def test_what_reading_raises_comes_after_the_pieces_before_it() -> None:
    """Nothing that was read is lost."""

    def broken() -> Iterator[Piece]:
        yield from lists(range(1, 21))
        raise ExportError("the rest is missing")

    wanted = task(".[]")
    with closing(run_pieces(wanted, Engine(wanted), Pending(broken()))) as runs:
        taken = [(piece.first_record, len(list(events))) for piece, events in islice(runs, 20)]

        assert [record for record, _ in taken] == list(range(1, 21))
        with pytest.raises(ExportError, match="the rest is missing"):
            next(runs)


def test_a_process_that_is_killed_is_told_of() -> None:
    """Nobody waits for it."""
    wanted = task(".[] | last(repeat(1))")
    with closing(run_pieces(wanted, Engine(wanted), pieces())) as runs:
        _, events = next(runs)
        for child in multiprocessing.active_children():
            os.kill(int(child.pid or 0), signal.SIGKILL)

        with pytest.raises(MemlakeError, match="ended from outside"):
            list(events)


def test_records_of_a_piece_are_found_again() -> None:
    """Each as a list of its own, with its number in the whole list."""
    first, _ = batched([b"1", b"22", b'"a,b"'], piece_bytes=2)

    assert [(one.first_record, one.text) for one in first.single_records()] == [(1, b"[1]"), (2, b"[22]")]


def test_what_is_empty_between_commas_stays_beside_its_neighbours() -> None:
    """On its own it would pass for an empty list."""
    found = [piece.text for piece in batched([b"1", b"", b"2", b""], piece_bytes=1)]

    assert found == [b"[1,]", b"[2,]"]
