"""JSON text of any length, one document after the other: lists come element by element, all else as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from memlake.errors import ExportError
from memlake.exports.records import MAX_RECORD_BYTES
from memlake.exports.splitter import BOM, WHITESPACE, ElementSplitter, RecordTooLargeError
from memlake.exports.streams import MemberDamagedError


class DocumentReader:
    """The documents of a text; take all that `lists` yields of one list before the next, then `rest`.

    `name` is what messages call the text. Raises `ExportError` where a list is not whole, a record is too large or
    the text is damaged.
    """

    def __init__(self, chunks: Iterator[bytes], name: str, *, max_record_bytes: int = MAX_RECORD_BYTES) -> None:
        self._chunks = _Chunks(chunks)
        self._name = name
        self._max_record_bytes = max_record_bytes

    def lists(self) -> Iterator[Iterator[bytes]]:
        """Yield the elements of each list, also what is empty between two commas; stop before any other document."""
        while self._skip_space() == b"[":
            yield self._elements()

    def rest(self) -> bytes:
        """Return what is left, to the end."""
        try:
            return b"".join(self._chunks)
        except MemberDamagedError as error:
            raise ExportError(f"{self._name} {error}") from error

    def _elements(self) -> Iterator[bytes]:
        splitter = ElementSplitter(self._chunks, max_record_bytes=self._max_record_bytes)
        try:
            reason = yield from splitter.values()
        except (RecordTooLargeError, MemberDamagedError) as error:
            reason = str(error)
        if reason:
            raise ExportError(f"{self._name} {reason}")
        self._chunks.put_back(splitter.read_ahead())

    def _skip_space(self) -> bytes:
        """Go to the beginning of a document; return its first byte, at the end nothing."""
        try:
            for chunk in self._chunks:
                if head := chunk.removeprefix(BOM).lstrip(WHITESPACE):
                    self._chunks.put_back(head)
                    return head[:1]
        except MemberDamagedError as error:
            raise ExportError(f"{self._name} {error}") from error
        return b""


class _Chunks:
    """Chunks of which one can be put back."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._front = b""

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._front:
            front, self._front = self._front, b""
            return front
        return next(self._chunks)

    def put_back(self, chunk: bytes) -> None:
        self._front = chunk
