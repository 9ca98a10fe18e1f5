"""Read a member record by record, verbatim, with bounded memory, and say afterwards whether it was whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterator
from itertools import chain

from memlake.exports.delivery import Member
from memlake.exports.splitter import BOM, ElementSplitter, RecordTooLargeError, is_json
from memlake.exports.streams import MemberDamagedError, MemberStream
from memlake.provider import Match

MAX_RECORD_BYTES = 512 * 1024 * 1024
_EXCERPT_BYTES = 8 * 1024 * 1024
_HEAD_BYTES = 4 * 1024
_NOTHING = (b"", b"{}")
_LINES_SUFFIXES = (".jsonl", ".ndjson")

Records = Generator[bytes, None, str | None]
"""Yields records; returns why the member is not whole, or `None`."""


class RecordReader:
    """The records of one member as a provider's `Match` says; iterate once.

    Always reads to the end of the member, so that afterwards `sha256` and `size_bytes` are those of the whole
    member; `bytes_read` grows meanwhile. `is_whole` and `reason` tell whether anything is missing: damage stops
    the reading, and what came before it has been yielded. `is_value` must be true only of bytes that are one
    whole JSON value (see `ElementSplitter`). JSON Lines are read line by line, whatever the match calls them.
    A file without content, `{}` included, is whole and has no records.
    """

    def __init__(
        self,
        member: Member,
        match: Match,
        *,
        max_record_bytes: int = MAX_RECORD_BYTES,
        is_value: Callable[[bytes], bool] = is_json,
    ) -> None:
        self.bytes_read = 0
        self.reason: str | None = None
        self._member = member
        self._match = match
        self._max_record_bytes = max_record_bytes
        self._is_value = is_value
        self._digest = hashlib.sha256()
        self._damage: str | None = None

    @property
    def sha256(self) -> str:
        """The hash of the bytes read so far: of the whole member once the iteration has ended."""
        return self._digest.hexdigest()

    @property
    def size_bytes(self) -> int:
        """The number of bytes read so far: the size of the member once the iteration has ended."""
        return self.bytes_read

    @property
    def is_whole(self) -> bool:
        """Whether every record that the member held has been yielded; meaningful after the iteration."""
        return self.reason is None

    def __iter__(self) -> Iterator[bytes]:
        with self._member.open() as stream:
            chunks = self._hashed(stream)
            try:
                reason = yield from self._records(chunks)
            except RecordTooLargeError as error:
                reason = str(error)
            for _ in chunks:
                pass
            self.reason = self._damage or reason

    def _hashed(self, stream: MemberStream) -> Iterator[bytes]:
        try:
            for chunk in stream:
                self._digest.update(chunk)
                self.bytes_read += len(chunk)
                yield chunk
        except MemberDamagedError as error:
            self._damage = str(error)

    def _records(self, chunks: Iterator[bytes]) -> Records:
        if self._match.records == "none":
            return _none()
        if self._match.records == "whole":
            return _whole(chunks, self._max_record_bytes)
        if self._match.records == "excerpt":
            return _excerpt(chunks, self._match.marker)
        head = _read_head(chunks)
        if head.removeprefix(BOM).strip() in _NOTHING:
            return _none()
        chunks = chain([head], chunks)
        if self._match.list_key is None and _are_lines(head, self._member.base_name):
            return _lines(chunks, self._max_record_bytes)
        return ElementSplitter(
            chunks,
            list_key=self._match.list_key,
            max_record_bytes=self._max_record_bytes,
            is_value=self._is_value,
        ).elements()


def _none() -> Records:
    yield from ()
    return None


def _whole(chunks: Iterator[bytes], max_record_bytes: int) -> Records:
    record = bytearray()
    for chunk in chunks:
        record += chunk
        if len(record) > max_record_bytes:
            raise RecordTooLargeError(f"holds a record larger than {max_record_bytes} bytes")
    if record.strip():
        yield bytes(record)
    return None


def _excerpt(chunks: Iterator[bytes], marker: bytes) -> Records:
    window = bytearray()
    for chunk in chunks:
        window += chunk
        if (place := window.find(marker)) >= 0:
            del window[:place]
            break
        del window[: -len(marker)]
    else:
        return None
    while len(window) < _EXCERPT_BYTES and (chunk := next(chunks, b"")):
        window += chunk
    yield bytes(window[:_EXCERPT_BYTES])
    return None


def _lines(chunks: Iterator[bytes], max_record_bytes: int) -> Records:
    begun: list[bytes] = []
    begun_bytes = 0
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        if ended:
            yield from _filled(b"".join([*begun, ended[0]]), *ended[1:])
            begun, begun_bytes = [], 0
        begun.append(rest)
        begun_bytes += len(rest)
        if begun_bytes > max_record_bytes:
            raise RecordTooLargeError(f"holds a record larger than {max_record_bytes} bytes")
    last = b"".join(begun).strip()
    if not last:
        return None
    if not last.endswith(b"}"):
        return "ends in the middle of a line"
    yield last
    return None


def _filled(*lines: bytes) -> Iterator[bytes]:
    for line in lines:
        if record := line.removeprefix(BOM).strip():
            yield record


def _are_lines(head: bytes, base_name: str) -> bool:
    first = head.removeprefix(BOM).lstrip()[:1]
    return first == b"{" or (first != b"[" and base_name.lower().endswith(_LINES_SUFFIXES))


def _read_head(chunks: Iterator[bytes]) -> bytes:
    """Take a beginning that is long enough to judge, without blank space in front."""
    head = b""
    while len(head) < _HEAD_BYTES and (chunk := next(chunks, b"")):
        head = (head + chunk).lstrip()
    return head
