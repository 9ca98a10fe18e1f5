"""One delivery by a provider, as opened: its members, what was left out, its dates and its identity."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from memlake.errors import ExportError
from memlake.exports.streams import Content, MemberDamagedError, MemberStream
from memlake.hashing import content_hash

StatedBasis = Literal["manifest", "name"]
_PROSE_SUFFIXES = (".md", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a ZIP may unpack to before it counts as a bomb; `ratio` holds for members above 64 MiB."""

    total_bytes: int = 64 * 1024**3
    member_bytes: int = 10 * 1024**3
    ratio: int = 1000
    member_count: int = 1_000_000
    nesting_depth: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A text member (JSON, JSON Lines, HTML, Markdown, plain text), readable any number of times.

    `name` is its path inside the export with `/` and in NFC, in a delivery of several parts beginning with its part.
    `modified_at_us` and `crc32` are known in ZIPs only.
    """

    name: str
    size_bytes: int
    modified_at_us: int | None = None
    crc32: int | None = None
    content: Content

    @property
    def base_name(self) -> str:
        """The name without its folders."""
        return self.name.rpartition("/")[2]

    def open(self) -> MemberStream:
        """Return the bytes; reading raises `MemberDamagedError` where they are damaged."""
        return self.content.open()

    def sha256(self) -> str:
        """Return the hash of the bytes, of a damaged member as far as they can be read."""
        digest = hashlib.sha256()
        with self.open() as stream, suppress(MemberDamagedError):
            for chunk in stream:
                digest.update(chunk)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    """A member that is listed and never read."""

    name: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFile:
    """A member that is unsafe or cannot be read, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStamp:
    """What changes when somebody writes to a file."""

    path: Path
    size_bytes: int
    modified_ns: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> FileStamp:
        """Return the stamp of a file as it is now."""
        status = path.stat()
        return cls(path=path, size_bytes=status.st_size, modified_ns=status.st_mtime_ns, inode=status.st_ino)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One export: everything its containers hold, and what can be said about it without knowing its provider.

    `members` are sorted by (base_name, name); `missing_parts` are promised by a manifest or by numbering and not
    here; `is_open_ended`: there may be more after the numbered ones, as nothing lists them; `stated_at_us` is an
    explicit date; `member_time_us` is the newest time of a ZIP member (ZIP times have no zone and are taken as UTC).
    `containers` are the files whose own bytes are the delivery: empty for folders.
    `is_prose_data`: Markdown and plain text are what the delivery is about, not remarks beside it.
    `paths` is empty for what came on standard input; where that is text, it was copied just now: `is_pasted`.
    """

    file_name: str
    paths: tuple[Path, ...]
    members: tuple[Member, ...]
    media: tuple[MediaFile, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    missing_parts: tuple[str, ...] = ()
    is_open_ended: bool = False
    stated_at_us: int | None = None
    stated_at_basis: StatedBasis | None = None
    member_time_us: int | None = None
    manifests: frozenset[str] = frozenset()
    containers: tuple[Path, ...] = ()
    stamps: tuple[FileStamp, ...] = ()
    is_pasted: bool = False
    is_prose_data: bool = False

    @property
    def is_mixed(self) -> bool:
        """Tell whether there is Markdown or plain text beside other members: its provider knows what it is."""
        return len({member.base_name.lower().endswith(_PROSE_SUFFIXES) for member in self.members}) > 1

    @property
    def fingerprint(self) -> str | None:
        """A cheap identity over (base name, size, checksum) of the text members; `None` where not all are zipped."""
        if not self.members or any(member.crc32 is None for member in self.members):
            return None
        return _identity(
            (member.base_name, f"{member.size_bytes}:{member.crc32:08x}") for member in self._identity_members()
        )

    def file_sha256(self) -> str | None:
        """Return the hash of the container files' own bytes; `None` for folders.

        Raises `ExportError` if one cannot be read any more.
        """
        if not self.containers:
            return None
        hashes = sorted(_file_sha256(path) for path in self.containers)
        return hashes[0] if len(hashes) == 1 else hashlib.sha256("\n".join(hashes).encode()).hexdigest()

    def content_sha256(self, known: Mapping[Member, str] | None = None) -> str:
        """Return the identity of the content: the same whatever the container, its folders and media.

        Reads all members that count, except those whose sha256 is `known`. A member on its own counts without
        its name; equal members count once; Markdown and plain text count only where there is nothing else, or
        where they are data.
        """
        known = known or {}
        return _identity(
            (member.base_name, known.get(member) or member.sha256()) for member in self._identity_members()
        )

    def check_unchanged(self) -> None:
        """Raise `ExportError` if a container file is not what it was when it was opened."""
        for stamp in self.stamps:
            try:
                is_same = FileStamp.of(stamp.path) == stamp
            except OSError:
                is_same = False
            if not is_same:
                raise ExportError(
                    f"{stamp.path} changed while it was read", hint="wait until it is complete, then try again"
                )

    def _identity_members(self) -> list[Member]:
        counted = [member for member in self.members if member.name not in self.manifests]
        data = [member for member in counted if not member.base_name.lower().endswith(_PROSE_SUFFIXES)]
        return counted if self.is_prose_data else data or counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An input that cannot be opened as an export; the others are not affected."""

    file_name: str
    error: ExportError


def _identity(members: Iterable[tuple[str, str]]) -> str:
    """Return the hash over (base name, hash): equal members count once, one on its own without its name."""
    distinct = set(members)
    return content_hash([("", only) for _, only in distinct] if len(distinct) == 1 else distinct)


def _file_sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ExportError(f"{path} cannot be read any more: {error.strerror}", hint="pass it again") from error
