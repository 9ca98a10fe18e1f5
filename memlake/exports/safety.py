"""Which names and sizes of members are safe, for containers that anybody may have made."""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from zipfile import ZipInfo

from memlake.errors import ExportError
from memlake.exports.delivery import Limits

PROSE_SUFFIXES = (".md", ".txt")
_TEXT_SUFFIXES = (".json", ".jsonl", ".ndjson", *PROSE_SUFFIXES)
_TEXT_PAGE = "chat.html"
_CLUTTER = ("__macosx", "thumbs.db", "desktop.ini")
_DRIVE = re.compile(r"[A-Za-z]:")
_UTF8_NAME = 0x800
_RATIO_FROM_BYTES = 64 * 1024 * 1024
_LOCAL_HEADER_BYTES = 30
_DELETE_HINT = "do not unpack it; ask for a new export and download it from the provider itself"
_LIMITS_HINT = f"{_DELETE_HINT}; one that you trust goes in with --max-unpacked or --max-ratio"


def is_clutter(name: str) -> bool:
    """Tell whether a member is hidden or left behind by an operating system."""
    return any(
        part.startswith(".") or part.lower() in _CLUTTER for part in name.split("/") if part not in ("", ".", "..")
    )


def is_page_name(name: str) -> bool:
    """Tell whether a member is the one web page that exports have."""
    return name.rpartition("/")[2].lower() == _TEXT_PAGE


def is_text_name(name: str) -> bool:
    """Tell whether a member is one that is read: JSON, JSON Lines, Markdown, plain text and `chat.html`."""
    return is_page_name(name) or name.lower().endswith(_TEXT_SUFFIXES)


def is_zip_name(name: str) -> bool:
    """Tell whether a member is a ZIP inside the ZIP."""
    return name.lower().endswith(".zip")


def is_data_name(name: str) -> bool:
    """Tell whether a member is one that makes an export: text, but not mere prose beside it."""
    return is_text_name(name) and not name.lower().endswith(PROSE_SUFFIXES)


def member_name(entry: ZipInfo) -> str:
    """Return the readable name of a ZIP entry: UTF-8 even where the ZIP forgets to say so, `/`, NFC."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8_NAME:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = entry.orig_filename
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def unsafe_reason(entry: ZipInfo, name: str) -> str | None:
    """Return why a ZIP entry must not be read, or `None`."""
    if "\0" in name:
        return "its name holds a NUL character"
    if name.startswith("/") or _DRIVE.match(name):
        return "its name is an absolute path"
    if ".." in name.split("/"):
        return "its name leads outside the export"
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "it is a symbolic link"
    if kind not in (0, stat.S_IFREG):
        return "it is not a regular file"
    return None


def check_entries(file_name: str, entries: Sequence[ZipInfo], limits: Limits) -> None:
    """Raise `ExportError` if a ZIP has too many members, overlapping or encrypted ones."""
    if len(entries) > limits.member_count:
        raise ExportError(f"{file_name} holds {len(entries)} files, more than {limits.member_count}", hint=_DELETE_HINT)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise ExportError(f"{file_name} is encrypted", hint="unpack it with its password, then pass the folder instead")
    in_order = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, following in pairwise(in_order):
        if entry.header_offset + _LOCAL_HEADER_BYTES + entry.compress_size > following.header_offset:
            raise ExportError(f"{file_name} is built like a decompression bomb: its members overlap", hint=_DELETE_HINT)


def check_sizes(file_name: str, entries: Iterable[ZipInfo], limits: Limits) -> int:
    """Raise `ExportError` if the members to be read unpack to too much; return their total size."""
    total_bytes = 0
    for entry in entries:
        total_bytes += entry.file_size
        if entry.file_size > limits.member_bytes or total_bytes > limits.total_bytes:
            raise ExportError(f"{file_name} unpacks to more than an export can be", hint=_LIMITS_HINT)
        if entry.file_size > max(_RATIO_FROM_BYTES, limits.ratio * entry.compress_size):
            raise ExportError(
                f"{file_name} is built like a decompression bomb: {entry.filename} unpacks to"
                f" {entry.file_size // max(1, entry.compress_size)} times its size",
                hint=_LIMITS_HINT,
            )
    return total_bytes
