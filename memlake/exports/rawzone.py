"""Write the raw zone of one export: a ZIP with its text members, byte for byte."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from memlake.exports.delivery import Delivery, Member
from memlake.exports.streams import DEFLATED, MemberDamagedError, ZipContent
from memlake.times import to_datetime

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR_64 = struct.Struct("<4sIQI")
_END = struct.Struct("<4s4H2IH")
_IN_ZIP64 = 0xFFFFFFFF
_VERSION = 45
_MADE_ON_UNIX = 3 << 8 | _VERSION
_UTF8_NAME = 0x800
_FILE_MODE = 0o100600 << 16
_NO_DATE = (1 << 5) | 1  # 1980-01-01: a ZIP cannot say "unknown"
_LEVEL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One member as the raw zone describes it. Sizes are always in zip64 fields: one way to write, any size."""

    name: bytes
    modified_at_us: int | None
    method: int = DEFLATED
    crc32: int = 0
    packed_bytes: int = 0
    size_bytes: int = 0
    offset: int

    def local_header(self) -> bytes:
        sizes = struct.pack("<2H2Q", 1, 16, self.size_bytes, self.packed_bytes)
        fields = (_VERSION, _UTF8_NAME, self.method, *self._dos_moment(), self.crc32, _IN_ZIP64, _IN_ZIP64)
        return _LOCAL.pack(b"PK\x03\x04", *fields, len(self.name), len(sizes)) + self.name + sizes

    def central_header(self) -> bytes:
        sizes = struct.pack("<2H3Q", 1, 24, self.size_bytes, self.packed_bytes, self.offset)
        fields = (_VERSION, _UTF8_NAME, self.method, *self._dos_moment(), self.crc32, _IN_ZIP64, _IN_ZIP64)
        place = (len(self.name), len(sizes), 0, 0, 0, _FILE_MODE, _IN_ZIP64)
        return _CENTRAL.pack(b"PK\x01\x02", _MADE_ON_UNIX, *fields, *place) + self.name + sizes

    def _dos_moment(self) -> tuple[int, int]:
        if self.modified_at_us is None:
            return 0, _NO_DATE
        moment = to_datetime(self.modified_at_us)
        time = moment.hour << 11 | moment.minute << 5 | moment.second // 2
        return time, (moment.year - 1980) << 9 | moment.month << 5 | moment.day


def write_raw_zone(delivery: Delivery, target: Path) -> None:
    """Write a ZIP (mode 0600) of a delivery's text members to `target`, which must not exist yet.

    Packed data from a ZIP is copied as it is together with its promised size and checksum, so that damage stays
    the damage it was. The same members make the same bytes.
    """
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        entries = [_write_member(file, member) for member in delivery.members]
        _write_directory(file, entries)


def _write_member(file: BinaryIO, member: Member) -> _Entry:
    content = member.content
    offset = file.tell()
    entry = _Entry(name=member.name.encode("utf-8", "replace"), modified_at_us=member.modified_at_us, offset=offset)
    file.write(entry.local_header())
    start = file.tell()
    if isinstance(content, ZipContent):
        entry = replace(entry, method=content.method, crc32=content.crc32, size_bytes=content.size_bytes)
        with suppress(MemberDamagedError):
            file.writelines(content.packed())
    else:
        packer = _Packer()
        with suppress(MemberDamagedError), member.open() as stream:
            file.writelines(packer.packed(stream))
        file.write(packer.rest())
        entry = replace(entry, crc32=packer.crc32, size_bytes=packer.size_bytes)
    end = file.tell()
    entry = replace(entry, packed_bytes=end - start)
    file.seek(offset)
    file.write(entry.local_header())
    file.seek(end)
    return entry


class _Packer:
    """Deflates chunks while counting and checking them."""

    def __init__(self) -> None:
        self.crc32 = 0
        self.size_bytes = 0
        self._stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)

    def packed(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.crc32 = zlib.crc32(chunk, self.crc32)
            self.size_bytes += len(chunk)
            yield self._stream.compress(chunk)

    def rest(self) -> bytes:
        return self._stream.flush()


def _write_directory(file: BinaryIO, entries: Sequence[_Entry]) -> None:
    start = file.tell()
    file.writelines(entry.central_header() for entry in entries)
    end = file.tell()
    count, size = len(entries), end - start
    file.write(_END_64.pack(b"PK\x06\x06", _END_64.size - 12, _MADE_ON_UNIX, _VERSION, 0, 0, count, count, size, start))
    file.write(_LOCATOR_64.pack(b"PK\x06\x07", 0, end, 1))
    file.write(_END.pack(b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, _IN_ZIP64, _IN_ZIP64, 0))
