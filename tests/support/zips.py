"""Build ZIPs for tests, well-formed and hostile ones."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_MADE_ON_UNIX = 3 << 8


def write_zip(path: Path, files: Mapping[str, bytes], *, method: int = ZIP_DEFLATED, comment: bytes = b"") -> Path:
    """Write an ordinary ZIP whose members carry the date 2026-02-03 04:05:06."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(path, "w", method) as archive:
        archive.comment = comment
        for name, data in files.items():
            archive.writestr(ZipInfo(name, (2026, 2, 3, 4, 5, 6)), data, compress_type=method)
    return path


def write_files(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files into a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """One member as a hostile ZIP describes it; what is `None` is filled in truthfully."""

    name: bytes
    data: bytes = b"[]"
    packed: bytes | None = None
    method: int = 8
    flags: int = 0x800
    unix_mode: int = 0o100644
    size_bytes: int | None = None
    packed_bytes: int | None = None
    crc32: int | None = None
    offset: int | None = None


def deflate(data: bytes) -> bytes:
    """Return a raw deflate stream."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def write_raw_zip(path: Path, entries: Sequence[RawEntry], *, disk: int = 0) -> Path:
    """Write a ZIP that says about its members whatever the entries say."""
    body, directory = b"", b""
    for entry in entries:
        packed = entry.packed
        if packed is None:
            packed = deflate(entry.data) if entry.method == 8 else entry.data
        size_bytes = len(entry.data) if entry.size_bytes is None else entry.size_bytes
        packed_bytes = len(packed) if entry.packed_bytes is None else entry.packed_bytes
        crc32 = zlib.crc32(entry.data) if entry.crc32 is None else entry.crc32
        offset = len(body) if entry.offset is None else entry.offset
        common = struct.pack("<5H3I", 20, entry.flags, entry.method, 0, 33, crc32, packed_bytes, size_bytes)
        body += b"PK\x03\x04" + common + struct.pack("<2H", len(entry.name), 0) + entry.name + packed
        directory += b"PK\x01\x02" + struct.pack("<H", _MADE_ON_UNIX | 20) + common
        directory += struct.pack("<5H2I", len(entry.name), 0, 0, 0, 0, entry.unix_mode << 16, offset) + entry.name
    end = struct.pack("<4H2IH", disk, disk, len(entries), len(entries), len(directory), len(body), 0)
    path.write_bytes(body + directory + b"PK\x05\x06" + end)
    return path
