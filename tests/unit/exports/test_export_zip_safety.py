"""ZIPs that are damaged, hostile or merely strange."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest
from support.deliveries import open_only, read_all, refusal_of
from support.zips import RawEntry, deflate, write_raw_zip, write_zip

from memlake.exports import Limits

GOOD = RawEntry(name=b"conversations.json", data=b'[{"a": 1}]')


def _packed_spaces(count: int) -> tuple[bytes, int]:
    """Return `count` spaces as a deflate stream, with their checksum."""
    return deflate(b" " * count), zlib.crc32(b" " * count)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (b"../evil.json", "leads outside"),
        (b"a/../../evil.json", "leads outside"),
        (b"..\\evil.json", "leads outside"),
        (b"/etc/evil.json", "absolute path"),
        (b"\\\\host\\evil.json", "absolute path"),
        (b"C:\\evil.json", "absolute path"),
        (b"c:evil.json", "absolute path"),
        (b"evil.json\0.png", "NUL"),
    ],
)
def test_unsafe_names_are_skipped_and_reported(tmp_path: Path, name: bytes, reason: str) -> None:
    """The rest of the ZIP is read."""
    with open_only(write_raw_zip(tmp_path / "a.zip", [GOOD, RawEntry(name=name)])) as delivery:
        assert [member.name for member in delivery.members] == ["conversations.json"]
        assert [reason in file.reason for file in delivery.skipped] == [True]


@pytest.mark.parametrize(
    ("unix_mode", "reason"),
    [(0o120777, "symbolic link"), (0o010644, "not a regular file"), (0o060644, "not a regular")],
)
def test_special_entries_are_skipped_and_reported(tmp_path: Path, unix_mode: int, reason: str) -> None:
    """Links, FIFOs and devices."""
    entries = [GOOD, RawEntry(name=b"users.json", data=b"/etc/passwd", unix_mode=unix_mode)]

    with open_only(write_raw_zip(tmp_path / "a.zip", entries)) as delivery:
        assert len(delivery.members) == 1
        assert [reason in file.reason for file in delivery.skipped] == [True]


def test_backslashes_are_separators(tmp_path: Path) -> None:
    """Some Windows programs write them."""
    entries = [GOOD, RawEntry(name=b"projects\\p.json")]

    with open_only(write_raw_zip(tmp_path / "a.zip", entries)) as delivery:
        assert [member.name for member in delivery.members] == ["conversations.json", "projects/p.json"]


def test_members_of_one_name_are_kept_unless_equal(tmp_path: Path) -> None:
    """Equal ones once, different ones all, each with its own bytes."""
    entries = [RawEntry(name=b"a.json", data=data) for data in (b"[1]", b"[2]", b"[1]")]

    with open_only(write_raw_zip(tmp_path / "a.zip", entries)) as delivery:
        assert {m.name: read_all(m)[0] for m in delivery.members} == {"a.json": [b"1"], "(2)/a.json": [b"2"]}
        assert [file.name for file in delivery.skipped] == ["(3)/a.json"]


@pytest.mark.parametrize(
    ("name", "flags", "readable"),
    [
        ("caf\u00e9.json".encode(), 0, "caf\u00e9.json"),
        ("caf\u00e9.json".encode(), 0x800, "caf\u00e9.json"),
        (b"caf\x82.json", 0, "caf\u00e9.json"),
        (b"\xff\xfe.json", 0, "\u00a0\u25a0.json"),
    ],
)
def test_names_in_any_encoding_are_readable(tmp_path: Path, name: bytes, flags: int, readable: str) -> None:
    """UTF-8 with and without its flag, and the old code page."""
    with open_only(write_raw_zip(tmp_path / "a.zip", [RawEntry(name=name, flags=flags)])) as delivery:
        assert delivery.members[0].name == readable


@pytest.mark.parametrize(
    ("entries", "cause"),
    [
        ([RawEntry(name=b"\xff.json", flags=0x800)], "table of contents"),
        ([GOOD, RawEntry(name=b"x.png", flags=0x801)], "encrypted"),
        ([RawEntry(name=b"a.json", method=14)], "compression that cannot be read"),
        ([RawEntry(name=b"a.json", data=b"[1, 2]" * 9), RawEntry(name=b"b.json", offset=0)], "overlap"),
        ([RawEntry(name=b"a.json", packed_bytes=5000), GOOD], "overlap"),
        ([RawEntry(name=b"a.json", size_bytes=70 * 1024**2, packed=b"x" * 1000)], "decompression bomb"),
    ],
)
def test_zip_that_cannot_or_must_not_be_read_is_refused(tmp_path: Path, entries: list[RawEntry], cause: str) -> None:
    """With its cause, its name and a next step."""
    error = refusal_of(write_raw_zip(tmp_path / "a.zip", entries)).error

    assert cause in error.message
    assert "a.zip" in error.message
    assert error.hint


def test_foreign_compression_of_media_does_no_harm(tmp_path: Path) -> None:
    """Media are never unpacked."""
    with open_only(write_raw_zip(tmp_path / "a.zip", [GOOD, RawEntry(name=b"p.png", method=14)])) as delivery:
        assert [file.name for file in delivery.media] == ["p.png"]


@pytest.mark.parametrize(
    "limits", [Limits(member_bytes=1000), Limits(total_bytes=3000), Limits(member_count=1)], ids=str
)
def test_limits_are_kept(tmp_path: Path, limits: Limits) -> None:
    """Of one member, of all members, and of their number."""
    files = {f"{n}.json": b" " * 2000 for n in range(2)}

    assert refusal_of(write_zip(tmp_path / "a.zip", files), limits=limits).error.hint


def test_ratio_counts_only_for_big_members(tmp_path: Path) -> None:
    """A small file may be very repetitive; a member that hides its size stops where it said it would."""
    packed, crc32 = _packed_spaces(70 * 1024 * 1024)
    bomb = RawEntry(name=b"a.json", data=b"", packed=packed, size_bytes=70 * 1024 * 1024, crc32=crc32)
    liar = RawEntry(name=b"a.json", data=b"", packed=packed, size_bytes=100, crc32=crc32)
    small = Limits(ratio=100)

    assert "decompression bomb" in refusal_of(write_raw_zip(tmp_path / "a.zip", [bomb]), limits=small).error.message
    with open_only(write_raw_zip(tmp_path / "b.zip", [liar]), limits=small) as delivery:
        assert read_all(delivery.members[0])[1].reason == "is longer than the ZIP says"
    with open_only(write_zip(tmp_path / "c.zip", {"a.json": b" " * 10_000_000}), limits=small) as delivery:
        assert read_all(delivery.members[0])[1].is_whole


@pytest.mark.parametrize("kept", [10, 0.5, -1, -22])
def test_truncated_zip_is_refused(tmp_path: Path, kept: float) -> None:
    """Without its table of contents nothing can be trusted."""
    path = write_zip(tmp_path / "a.zip", {"a.json": json.dumps(list(range(5000))).encode()})
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept) if isinstance(kept, float) else kept])

    error = refusal_of(path).error

    assert "cut off or damaged" in error.message
    assert error.hint == "download it again"


@pytest.mark.parametrize("kind", ["first volume", "last volume"])
def test_volume_of_a_split_zip_is_refused(tmp_path: Path, kind: str) -> None:
    """By its first bytes, or by what its last record says."""
    path = write_raw_zip(tmp_path / "a.zip", [GOOD], disk=2 if kind == "last volume" else 0)
    if kind == "first volume":
        path = path.rename(tmp_path / "a.z01")
        path.write_bytes(b"PK\x07\x08" + path.read_bytes())

    assert "split ZIP" in refusal_of(path).error.message


def test_zip_behind_other_bytes_is_read(tmp_path: Path) -> None:
    """Self-extracting archives begin with a program."""
    path = write_zip(tmp_path / "a.zip", {"a.json": b"[1]"}, comment=b"a comment")
    path.write_bytes(b"#!/bin/sh\n" * 100 + path.read_bytes())

    with open_only(path) as delivery:
        assert read_all(delivery.members[0])[0] == [b"1"]


def test_member_times_before_zip_began_are_none(tmp_path: Path) -> None:
    """1980-01-01 is how a ZIP says that it does not know."""
    with open_only(write_raw_zip(tmp_path / "a.zip", [GOOD])) as delivery:
        assert (delivery.member_time_us, delivery.members[0].modified_at_us) == (None, None)


def test_damaged_inner_zip_is_refused(tmp_path: Path) -> None:
    """A ZIP inside a ZIP has to come out whole."""
    inner = write_zip(tmp_path / "inner.zip", {"a.json": b"[1]"}).read_bytes()
    path = write_raw_zip(tmp_path / "a.zip", [RawEntry(name=b"inner.zip", data=inner, crc32=1)])

    assert refusal_of(path).error.message == "inner.zip in a.zip fails its checksum"
