"""The raw zone keeps every byte of the text members."""

from __future__ import annotations

import hashlib
from pathlib import Path
from zipfile import ZipFile

import pytest
from support.deliveries import open_only, read_all
from support.zips import RawEntry, deflate, write_files, write_raw_zip, write_zip

from memlake.exports import write_raw_zone

FILES = {
    "conversations.json": b'[{"a": 1}]' * 500,
    "x/memory.json": b"[]",
    "x/n\u00e4me.txt": b"tea",
    "p.png": b"media",
}


def _raw_zone(source: Path, target: Path) -> Path:
    with open_only(source) as delivery:
        write_raw_zone(delivery, target)
    return target


@pytest.mark.parametrize("method", [0, 8])
def test_raw_zone_of_a_zip_holds_its_text_members(tmp_path: Path, method: int) -> None:
    """Any ZIP program reads it; media stay out; the packed bytes are those of the source."""
    source = write_zip(tmp_path / "a.zip", FILES, method=method)
    target = _raw_zone(source, tmp_path / "raw.zip")

    with ZipFile(target) as archive, ZipFile(source) as original:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            name: data for name, data in FILES.items() if name != "p.png"
        }
        for entry in archive.infolist():
            before = original.getinfo(entry.filename)
            assert (entry.compress_size, entry.compress_type, entry.date_time, entry.CRC) == (
                before.compress_size,
                before.compress_type,
                before.date_time,
                before.CRC,
            )
    assert target.stat().st_mode & 0o777 == 0o600


def test_raw_zone_opens_as_the_same_content(tmp_path: Path) -> None:
    """From a ZIP, a folder and a lone file; folders lose their times, so that bytes do not depend on copying."""
    sources = [
        write_zip(tmp_path / "a.zip", FILES),
        write_files(tmp_path / "folder", FILES),
        write_files(tmp_path, {"memories.txt": b"tea"}) / "memories.txt",
    ]
    for number, source in enumerate(sources):
        target = _raw_zone(source, tmp_path / f"raw-{number}.zip")
        with open_only(source) as before, open_only(target) as after:
            assert before.content_sha256() == after.content_sha256()
            assert [member.name for member in before.members] == [member.name for member in after.members]
            assert before.member_time_us == after.member_time_us


def test_same_members_make_the_same_bytes(tmp_path: Path) -> None:
    """Nothing of the moment gets in."""
    source = write_files(tmp_path / "folder", FILES)

    first, second = (_raw_zone(source, tmp_path / name).read_bytes() for name in ("1.zip", "2.zip"))

    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()


def test_members_of_one_name_stay_apart(tmp_path: Path) -> None:
    """Two entries, two contents."""
    source = write_raw_zip(tmp_path / "a.zip", [RawEntry(name=b"a.json", data=data) for data in (b"[1]", b"[2]")])

    with open_only(_raw_zone(source, tmp_path / "raw.zip")) as delivery:
        assert sorted(read_all(member)[0] for member in delivery.members) == [[b"1"], [b"2"]]


@pytest.mark.parametrize(
    "damaged",
    [
        RawEntry(name=b"a.json", data=b"[1, 2, 3]", crc32=1),
        RawEntry(name=b"a.json", data=b"[1, 2, 3]" * 99, packed=deflate(b"[1, 2, 3]" * 99)[:-4]),
        RawEntry(name=b"a.json", data=b"[1, 2, 3]", packed=b"\xff\xff\xff"),
        RawEntry(name=b"a.json", data=b"[1, 2, 3]", offset=200),
    ],
)
def test_damage_stays_the_damage_it_was(tmp_path: Path, damaged: RawEntry) -> None:
    """Same records, same identity, same verdict."""
    source = write_raw_zip(tmp_path / "a.zip", [RawEntry(name=b"b.json", data=b"[]"), damaged])
    target = _raw_zone(source, tmp_path / "raw.zip")

    with open_only(source) as before, open_only(target) as after:
        assert before.content_sha256() == after.content_sha256()
        assert read_all(before.members[0])[0] == read_all(after.members[0])[0]
        assert not read_all(after.members[0])[1].is_whole


def test_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    """The raw zone is written once."""
    source = write_zip(tmp_path / "a.zip", FILES)

    with pytest.raises(FileExistsError):
        _raw_zone(source, source)
