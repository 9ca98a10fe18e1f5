"""Read one member's bytes: plain files and byte ranges of a ZIP, checked to the last byte."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, Self

if TYPE_CHECKING:
    inflater = zlib
else:
    try:
        from isal import isal_zlib as inflater
    except ImportError:
        inflater = zlib

READ_BYTES = 256 * 1024
_PACKED_READ_BYTES = 64 * 1024
_MAX_INFLATED_BYTES = 1024 * 1024
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_LOCAL_SIGNATURE = b"PK\x03\x04"
STORED, DEFLATED = 0, 8


class MemberDamagedError(ValueError):
    """A member's bytes cannot be read to their end; the message is the reason, in plain words."""


class MemberStream:
    """The bytes of one member, once: iterate over chunks of any size, or `read` like a file.

    Raises `MemberDamagedError` where the damage is met; everything before it has been handed out.
    """

    def __init__(self, chunks: Generator[bytes, None, None]) -> None:
        self._chunks = chunks
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        if self._rest:
            rest, self._rest = self._rest, b""
            return rest
        return next(self._chunks)

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, fewer only at the end; everything that is left without a size."""
        parts: list[bytes] = []
        wanted = size
        while wanted:
            part = next(self, b"")
            if not part:
                break
            if 0 < wanted < len(part):
                part, self._rest = part[:wanted], part[wanted:]
            wanted -= len(part) if wanted > 0 else 0
            parts.append(part)
        return b"".join(parts)

    def close(self) -> None:
        """Let go of the file behind the stream."""
        self._chunks.close()


class Content(Protocol):
    """Where a member's bytes are."""

    def open(self) -> MemberStream:
        """Return the bytes from their beginning."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContent:
    """A file of its own. One that is no longer `size_bytes` long counts as damaged."""

    path: Path
    size_bytes: int

    def open(self) -> MemberStream:
        """Return the bytes from their beginning."""
        return MemberStream(self._chunks())

    def _chunks(self) -> Generator[bytes, None, None]:
        read_bytes = 0
        try:
            with self.path.open("rb", buffering=0) as file:
                while chunk := file.read(READ_BYTES):
                    read_bytes += len(chunk)
                    yield chunk
        except OSError as error:
            raise MemberDamagedError(f"cannot be read ({error.strerror})") from error
        if read_bytes != self.size_bytes:
            raise MemberDamagedError("changed while it was read")


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipContent:
    """A member of a ZIP, as the ZIP's central directory describes it."""

    path: Path
    header_offset: int
    packed_bytes: int
    size_bytes: int
    crc32: int
    method: int

    def open(self) -> MemberStream:
        """Return the unpacked bytes from their beginning."""
        return MemberStream(self._checked())

    def packed(self) -> Generator[bytes, None, None]:
        """Yield the packed bytes as they stand in the ZIP; fewer than promised where the file is cut off."""
        try:
            with self.path.open("rb") as file:
                _seek_data(file, self.header_offset)
                left = self.packed_bytes
                while left and (chunk := file.read(min(left, _PACKED_READ_BYTES))):
                    left -= len(chunk)
                    yield chunk
        except OSError as error:
            raise MemberDamagedError(f"cannot be read ({error.strerror})") from error

    def _checked(self) -> Generator[bytes, None, None]:
        size = crc = 0
        for chunk in self.packed() if self.method == STORED else _inflated(self.packed()):
            size += len(chunk)
            if size > self.size_bytes:
                raise MemberDamagedError("is longer than the ZIP says")
            crc = inflater.crc32(chunk, crc)
            yield chunk
        if size < self.size_bytes:
            raise MemberDamagedError("ends early")
        if crc != self.crc32:
            raise MemberDamagedError("fails its checksum")


def _inflated(packed: Iterator[bytes]) -> Generator[bytes, None, None]:
    stream = inflater.decompressobj(-zlib.MAX_WBITS)
    while not stream.eof:
        data = stream.unconsumed_tail or next(packed, b"")
        try:
            chunk = stream.decompress(data, _MAX_INFLATED_BYTES)
        except inflater.error as error:
            raise MemberDamagedError("holds damaged compressed data") from error
        if chunk:
            yield chunk
        elif not data and not stream.eof:
            raise MemberDamagedError("ends early")


def _seek_data(file: BinaryIO, header_offset: int) -> None:
    file.seek(header_offset)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or not header.startswith(_LOCAL_SIGNATURE):
        raise MemberDamagedError("is not where the ZIP says")
    *_, name_bytes, extra_bytes = _LOCAL_HEADER.unpack(header)
    file.seek(name_bytes + extra_bytes, 1)
