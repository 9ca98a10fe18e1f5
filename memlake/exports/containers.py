"""Open one container (a ZIP, a folder or a loose file) and list what is in it."""

from __future__ import annotations

import os
import posixpath
import stat
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from memlake.errors import ExportError
from memlake.exports.delivery import FileStamp, Limits, MediaFile, Member, SkippedFile
from memlake.exports.safety import (
    check_entries,
    check_sizes,
    is_clutter,
    is_page_name,
    is_text_name,
    is_zip_name,
    member_name,
    unsafe_reason,
)
from memlake.exports.streams import DEFLATED, STORED, FileContent, ZipContent
from memlake.times import time_us

_END_RECORD = b"PK\x05\x06"
_END_RECORD_BYTES = 22
_MAX_COMMENT_BYTES = 65_535
_ZIP_STARTS = (b"PK\x03\x04", _END_RECORD)
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<!--")
_SPLIT_START = b"PK\x07\x08"
_NO_DOS_DATE = (1980, 1, 1)


@dataclass(slots=True, kw_only=True)
class Inventory:
    """What one container holds; `top_folder` was common to all names and is removed from them."""

    members: list[Member] = field(default_factory=list)
    media: list[MediaFile] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)
    stamps: list[FileStamp] = field(default_factory=list)
    inner_zips: list[Member] = field(default_factory=list)
    top_folder: str = ""

    def all_media(self) -> list[MediaFile]:
        """Return what is listed only, ZIPs beside the export's own files included."""
        return self.media + [MediaFile(name=file.name, size_bytes=file.size_bytes) for file in self.inner_zips]


def looks_like_zip(path: Path) -> bool:
    """Tell whether a file is, or is named like, a ZIP."""
    return path.suffix.lower() == ".zip" or _first_bytes(path, 4) in (*_ZIP_STARTS, _SPLIT_START)


def open_zip(path: Path, limits: Limits, *, file_name: str | None = None) -> Inventory:
    """List a ZIP. Raises `ExportError` for one that cannot or must not be read."""
    file_name = file_name or path.name
    stamp = FileStamp.of(path)
    entries = [entry for entry in _directory(path, file_name) if not entry.is_dir()]
    check_entries(file_name, entries, limits)
    found = Inventory(stamps=[stamp])
    read_entries = []
    for entry in entries:
        name = member_name(entry)
        if is_clutter(name) and ".." not in name.split("/"):
            continue
        if reason := unsafe_reason(entry, name):
            found.skipped.append(SkippedFile(name=name, reason=reason))
        elif is_text_name(name) or is_zip_name(name):
            read_entries.append(entry)
            target = found.members if is_text_name(name) else found.inner_zips
            target.append(_zip_member(path, file_name, entry, name))
        else:
            found.media.append(MediaFile(name=name, size_bytes=entry.file_size))
    check_sizes(file_name, read_entries, limits)
    return _without_top_folder(found)


def copied_members(path: Path) -> list[Member]:
    """List a ZIP of the raw zone: all that is in it was let in once, so that no name and no size matters any more.

    Raises `ExportError` for one that cannot be read.
    """
    return [_zip_member(path, path.name, entry, entry.orig_filename) for entry in _directory(path, path.name)]


def open_folder(root: Path) -> Inventory:
    """List a folder and the folders in it; links are never followed."""
    found = Inventory()
    for path, name, status in walk(root, found.skipped):
        if is_text_name(name):
            found.members.append(file_member(path, name, status))
            found.stamps.append(FileStamp.of(path))
        else:
            found.media.append(MediaFile(name=name, size_bytes=status.st_size))
    return _without_top_folder(found)


def open_file(path: Path) -> Inventory:
    """List a loose text file as its own only member. Raises `ExportError` for a web page in disguise."""
    if not is_page_name(path.name):
        check_web_page(path, path.name)
    return Inventory(members=[file_member(path, path.name, path.stat())], stamps=[FileStamp.of(path)])


def file_member(path: Path, name: str, status: os.stat_result) -> Member:
    """Return a plain file as a member."""
    content = FileContent(path=path, size_bytes=status.st_size)
    return Member(name=unicodedata.normalize("NFC", name), size_bytes=status.st_size, content=content)


def walk(root: Path, skipped: list[SkippedFile]) -> Iterator[tuple[Path, str, os.stat_result]]:
    """Yield the regular files below a folder, in order of their names; what cannot be read goes to `skipped`."""
    folders = [(root, "")]
    while folders:
        folder, prefix = folders.pop(0)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            skipped.append(SkippedFile(name=prefix or folder.name, reason=f"cannot be read ({error.strerror})"))
            continue
        for entry in entries:
            name = prefix + entry.name
            if is_clutter(entry.name):
                continue
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode):
                folders.append((Path(entry.path), name + "/"))
            elif reason := _unreadable_reason(Path(entry.path), status):
                skipped.append(SkippedFile(name=name, reason=reason))
            else:
                yield Path(entry.path), name, status


def _unreadable_reason(path: Path, status: os.stat_result) -> str | None:
    if stat.S_ISLNK(status.st_mode):
        return "it is a symbolic link"
    if not stat.S_ISREG(status.st_mode):
        return "it is not a regular file"
    return None if os.access(path, os.R_OK) else "cannot be read (permission denied)"


def _directory(path: Path, file_name: str) -> list[ZipInfo]:
    check_web_page(path, file_name)
    if _is_split(path):
        raise ExportError(
            f"{file_name} is one volume of a split ZIP", hint="join the volumes (`zip -s 0`), then pass the joined ZIP"
        )
    try:
        with ZipFile(path) as archive:
            return archive.infolist()
    except PermissionError as error:
        raise ExportError(f"{file_name} cannot be read: {error.strerror}") from error
    except (BadZipFile, NotImplementedError, OSError, ValueError, struct.error, OverflowError) as error:
        raise _not_a_zip(path, file_name) from error


def check_web_page(path: Path, file_name: str) -> None:
    """Raise `ExportError` if a file is a web page under another name."""
    if _first_bytes(path, 512).lstrip().lower().startswith(_PAGE_STARTS):
        raise ExportError(
            f"{file_name} is a web page, most likely a sign-in or expired-link page",
            hint="sign in to the same account and download the export again; its link is valid for 24 hours",
        )


def _not_a_zip(path: Path, file_name: str) -> ExportError:
    head = _first_bytes(path, 2)
    if not head:
        return ExportError(f"{file_name} is empty", hint="download it again")
    if head == b"PK":
        return ExportError(
            f"{file_name} is cut off or damaged: its table of contents cannot be read", hint="download it again"
        )
    return ExportError(f"{file_name} is not a ZIP", hint="pass the export as you downloaded it, or its folder")


def _is_split(path: Path) -> bool:
    if _first_bytes(path, 4) == _SPLIT_START:
        return True
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _END_RECORD_BYTES - _MAX_COMMENT_BYTES))
        tail = file.read()
    place = tail.rfind(_END_RECORD)
    if place < 0 or len(tail) < place + _END_RECORD_BYTES:
        return False
    (disk,) = struct.unpack_from("<H", tail, place + 4)
    return disk not in (0, 0xFFFF)


def _first_bytes(path: Path, count: int) -> bytes:
    with path.open("rb") as file:
        return file.read(count)


def _zip_member(path: Path, file_name: str, entry: ZipInfo, name: str) -> Member:
    if entry.compress_type not in (STORED, DEFLATED):
        raise ExportError(
            f"{file_name} uses a compression that cannot be read here (method {entry.compress_type} of {name})",
            hint="unpack it with another program, then pass the folder instead",
        )
    content = ZipContent(
        path=path,
        header_offset=entry.header_offset,
        packed_bytes=entry.compress_size,
        size_bytes=entry.file_size,
        crc32=entry.CRC,
        method=entry.compress_type,
    )
    return Member(
        name=name,
        size_bytes=entry.file_size,
        modified_at_us=_dos_time_us(entry.date_time),
        crc32=entry.CRC,
        content=content,
    )


def _dos_time_us(moment: tuple[int, int, int, int, int, int]) -> int | None:
    if moment[:3] <= _NO_DOS_DATE:
        return None
    year, month, day, hour, minute, second = moment
    return time_us(f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{min(second, 59):02}")


def _without_top_folder(found: Inventory) -> Inventory:
    files: list[Member | MediaFile] = [*found.members, *found.media, *found.inner_zips]
    folders = {file.name.rpartition("/")[0] for file in files}
    found.top_folder = posixpath.commonpath(folders) if folders and "" not in folders else ""
    if found.top_folder:
        start = len(found.top_folder) + 1
        found.members = [replace(member, name=member.name[start:]) for member in found.members]
        found.media = [replace(file, name=file.name[start:]) for file in found.media]
        found.inner_zips = [replace(member, name=member.name[start:]) for member in found.inner_zips]
    return found
