"""Bytes of members: chunks, limits and damage."""

from __future__ import annotations

import importlib.util
import sys
import zlib
from pathlib import Path

import pytest
from support.deliveries import file_member, open_only
from support.zips import RawEntry, deflate, write_raw_zip, write_zip

from memlake.exports import MemberDamagedError, streams


def _only_content(path: Path) -> streams.Content:
    with open_only(path) as delivery:
        return delivery.members[0].content


@pytest.mark.parametrize("method", [streams.STORED, streams.DEFLATED])
def test_read_gives_the_bytes_in_any_portion(tmp_path: Path, method: int) -> None:
    """By size, by chunk and to the end, again and again."""
    data = bytes(range(256)) * 4000
    content = _only_content(write_zip(tmp_path / "a.zip", {"a.json": data}, method=method))

    with content.open() as stream:
        begin, nothing = stream.read(10), stream.read(0)
        middle = next(iter(stream))
        rest = stream.read()
        after = stream.read(5)

    assert (begin + middle + rest, nothing, after) == (data, b"", b"")


def test_highly_packed_member_comes_in_small_chunks(tmp_path: Path) -> None:
    """A chunk never exceeds a MiB, however well it was packed."""
    content = _only_content(write_zip(tmp_path / "a.zip", {"a.json": b" " * 30_000_000}))

    with content.open() as stream:
        sizes = [len(chunk) for chunk in stream]

    assert sum(sizes) == 30_000_000
    assert max(sizes) <= 1024 * 1024


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (RawEntry(name=b"a.json", data=b"[1]", crc32=5), "fails its checksum"),
        (RawEntry(name=b"a.json", data=b"[1]", size_bytes=2), "is longer than the ZIP says"),
        (RawEntry(name=b"a.json", data=b"[1]", size_bytes=4), "ends early"),
        (RawEntry(name=b"a.json", data=b"[1]" * 50, packed=deflate(b"[1]" * 50)[:4]), "ends early"),
        (RawEntry(name=b"a.json", data=b"[1]", packed=b"\xff" * 9), "holds damaged compressed data"),
        (RawEntry(name=b"a.json", data=b"[1]", offset=7), "is not where the ZIP says"),
        (RawEntry(name=b"a.json", data=b"[1]", offset=10_000), "is not where the ZIP says"),
    ],
)
def test_damaged_member_says_how(tmp_path: Path, entry: RawEntry, reason: str) -> None:
    """Each kind of damage has its plain reason."""
    content = _only_content(write_raw_zip(tmp_path / "a.zip", [entry]))

    with pytest.raises(MemberDamagedError, match=f"^{reason}$"), content.open() as stream:
        stream.read()


def test_file_that_changes_while_it_is_read_is_damaged(tmp_path: Path) -> None:
    """A file that grew after it was listed."""
    member = file_member(tmp_path / "a.json", b"[1]")
    (tmp_path / "a.json").write_bytes(b"[1, 2]")

    with pytest.raises(MemberDamagedError, match="changed while it was read"), member.open() as stream:
        stream.read()


def test_vanished_files_are_damaged(tmp_path: Path) -> None:
    """Neither a plain file nor a ZIP need be there when it is read."""
    member = file_member(tmp_path / "a.json", b"[1]")
    content = _only_content(write_zip(tmp_path / "a.zip", {"a.json": b"[1]"}))
    (tmp_path / "a.json").unlink()
    (tmp_path / "a.zip").unlink()

    for source in (member, content):
        with pytest.raises(MemberDamagedError, match="cannot be read"), source.open() as stream:
            stream.read()


def test_members_are_read_without_isal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The standard library does where the faster inflater is not installed."""
    monkeypatch.setitem(sys.modules, "isal", None)
    spec = importlib.util.spec_from_file_location("streams_without_isal", streams.__file__)
    assert spec is not None
    assert spec.loader is not None
    plain = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, plain)
    spec.loader.exec_module(plain)
    content = _only_content(write_zip(tmp_path / "a.zip", {"a.json": b" " * 3_000_000 + b"[1]"}))
    assert isinstance(content, streams.ZipContent)

    with plain.ZipContent(**{name: getattr(content, name) for name in content.__slots__}).open() as stream:
        data = stream.read()

    assert plain.inflater is zlib
    assert data == b" " * 3_000_000 + b"[1]"
