"""Input as libjq gets it: pieces of JSON text, either whole documents or some records of a list."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from memlake.errors import MemlakeError

PIECE_BYTES = 1024 * 1024
"""As much JSON text as libjq gets at once, unless a record is longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some JSON text. `first_record`, of a list's records, counts from 1; `None`: one whole document or several.

    `document` tells lists apart; `record_bytes` are the lengths of the records, one comma between two.
    """

    text: bytes
    document: int = 0
    first_record: int | None = None
    record_bytes: tuple[int, ...] = ()

    def single_records(self) -> Iterator[Piece]:
        """Yield each record as a piece of its own."""
        begin = 1
        for number, size in enumerate(self.record_bytes, start=self.first_record or 1):
            text = b"[" + self.text[begin : begin + size] + b"]"
            yield replace(self, text=text, first_record=number, record_bytes=(size,))
            begin += size + 1


def batched(records: Iterable[bytes], *, document: int = 0, piece_bytes: int = PIECE_BYTES) -> Iterator[Piece]:
    """Yield lists of some records each, in order; one that has none is a piece, too.

    What stands between two commas and is empty stays so, beside its neighbours: libjq then refuses it. Where a list
    cannot be read to its end, what came before is yielded first.
    """
    batch: list[bytes] = []
    batch_bytes = record_count = 0
    try:
        for record in records:
            if batch_bytes >= piece_bytes and record:
                yield _piece(batch, document, record_count)
                batch, batch_bytes = [], 0
            batch.append(record)
            batch_bytes += len(record)
            record_count += 1
    except MemlakeError:
        yield _piece(batch, document, record_count)
        raise
    yield _piece(batch, document, record_count)


def _piece(batch: list[bytes], document: int, record_count: int) -> Piece:
    return Piece(
        text=b"".join([b"[", b",".join(batch), b"]"]),
        document=document,
        first_record=record_count - len(batch) + 1,
        record_bytes=tuple(map(len, batch)),
    )


class Pending:
    """Pieces that are still to be run, without those of lists that nobody wants any more.

    What was taken ahead can be put back, also an error that was met then: it is raised in its turn.
    """

    def __init__(self, pieces: Iterator[Piece]) -> None:
        self._pieces = pieces
        self._front: deque[Piece | BaseException] = deque()
        self._dropped: set[int] = set()

    def __iter__(self) -> Iterator[Piece]:
        return self

    def __next__(self) -> Piece:
        while True:
            piece = self._front.popleft() if self._front else next(self._pieces)
            if isinstance(piece, BaseException):
                raise piece
            if piece.document not in self._dropped:
                return piece

    def put_back(self, pieces: Iterable[Piece | BaseException]) -> None:
        """Take back, in order, what was taken last."""
        self._front.extendleft(reversed(list(pieces)))

    def count_ahead(self, most: int) -> int:
        """Look how many pieces there are, up to some number."""
        taken: list[Piece | BaseException] = []
        try:
            for piece in islice(self, most):
                taken.append(piece)  # noqa: PERF402 - what came before an error is kept
        except Exception as error:  # noqa: BLE001 - it is raised in its turn
            taken.append(error)
        self.put_back(taken)
        return sum(isinstance(piece, Piece) for piece in taken)

    def drop(self, document: int) -> None:
        """Leave out what is left of a list."""
        self._dropped.add(document)
