"""The names that files have in a delivery of several containers."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.deliveries import open_only, read_all
from support.lakes import relations, take_in
from support.zips import RawEntry, write_files, write_raw_zip, write_zip

import memlake
from memlake.exports import open_copy, write_raw_zone
from memlake.exports.parts import is_at_top

LIST, OTHER = b'[{"a": 1}]', b'[{"a": 2}]'
MANIFEST = b'{"data_files": [{"filename": "x-batch-0000.zip"}]}'


def names_in(folder: Path) -> list[str]:
    """Return the names of the members of the only delivery in a folder."""
    with open_only(folder) as delivery:
        return [member.name for member in delivery.members]


def test_a_name_begins_with_the_part_that_the_file_is_in(tmp_path: Path) -> None:
    """Packed parts and unpacked ones, media and what is left out as well."""
    packed = {"conversations.json": LIST, "a.png": b"12", "../b.json": LIST}
    write_zip(tmp_path / "in/conversations-000.zip", packed)
    write_files(tmp_path / "in/conversations-001", {"conversations.json": OTHER})

    with open_only(tmp_path / "in") as delivery:
        assert [member.name for member in delivery.members] == [
            "conversations-000.zip/conversations.json",
            "conversations-001/conversations.json",
        ]
        assert [file.name for file in delivery.media] == ["conversations-000.zip/a.png"]
        assert [file.name for file in delivery.skipped] == ["conversations-000.zip/../b.json"]


def test_files_of_the_only_container_have_no_part(tmp_path: Path) -> None:
    """Nor have loose shards: their own names tell them apart."""
    write_zip(tmp_path / "zip/conversations-000.zip", {"conversations.json": LIST})
    write_files(tmp_path / "loose", {"conversations-000.json": LIST, "conversations-001.json": LIST})

    assert names_in(tmp_path / "zip") == ["conversations.json"]
    assert names_in(tmp_path / "loose") == ["conversations-000.json", "conversations-001.json"]


def test_the_second_file_of_one_name_has_another_name(tmp_path: Path) -> None:
    """Also where a folder is called like the one that it gets, and after it was kept in the raw zone."""
    names = [b"a.json", b"a.json", b"(2)/a.json", b"a.json", b"a.json"]
    entries = [RawEntry(name=name, data=b"[%d]" % number) for name, number in zip(names, [1, 2, 3, 4, 1], strict=True)]
    source = write_raw_zip(tmp_path / "a.zip", entries)

    with open_only(source) as delivery:
        write_raw_zone(delivery, tmp_path / "raw.zip")
        read = {member.name: read_all(member)[0] for member in delivery.members}
        skipped = [file.name for file in delivery.skipped]

    assert read == {"a.json": [b"1"], "(2)/a.json": [b"2"], "(2)/(2)/a.json": [b"3"], "(3)/a.json": [b"4"]}
    assert skipped == ["(4)/a.json"]
    assert [member.name for member in open_copy(tmp_path / "raw.zip").members] == sorted(read)


def test_a_copy_of_the_raw_zone_with_one_name_twice_is_read_with_two(tmp_path: Path) -> None:
    """As it was written when names did not tell parts."""
    copy = write_raw_zip(tmp_path / "raw.zip", [RawEntry(name=b"a.json", data=data) for data in (LIST, OTHER)])

    assert [member.name for member in open_copy(copy).members] == ["(2)/a.json", "a.json"]


def test_a_manifest_in_each_part_is_no_data_wherever_it_is_read(tmp_path: Path) -> None:
    """The identity of a delivery is the same in its containers and in its copy."""
    for number, data in enumerate([LIST, OTHER]):
        files = {"conversations.json": data, "m.json": MANIFEST + b" " * number}
        write_zip(tmp_path / f"in/x-batch-000{number}.zip", files)

    with open_only(tmp_path / "in") as delivery:
        write_raw_zone(delivery, tmp_path / "raw.zip")
        assert delivery.manifests == {"x-batch-0000.zip/m.json", "x-batch-0001.zip/m.json"}
        assert delivery.content_sha256() == open_copy(tmp_path / "raw.zip").content_sha256()


@pytest.mark.parametrize(
    ("name", "is_top"),
    [
        ("m.json", True),
        ("conversations-000/m.json", True),
        ("(2)/any name (1).ZIP/m.json", True),
        ("(2)/m.json", True),
        ("projects/m.json", False),
        ("conversations-000.zip/projects/m.json", False),
    ],
)
def test_a_name_tells_whether_a_file_is_in_a_folder_of_its_part(name: str, *, is_top: bool) -> None:
    """Parts are ZIPs, or folders that are called like numbered ones."""
    assert is_at_top(name) is is_top


def test_names_are_the_same_after_a_rebuild(tmp_path: Path) -> None:
    """What the raw zone keeps tells the parts, too."""
    chats = [b'[{"id": "%s", "mapping": {}}, 1]' % key for key in (b"c1", b"c2")]
    for number, data in enumerate(chats):
        write_zip(tmp_path / f"in/x-batch-000{number}.zip", {"conversations.json": data})
    lake = tmp_path / "lake"
    take_in(lake, tmp_path / "in")
    before = relations(lake)

    memlake.Lake(lake).rebuild()

    assert relations(lake) == before
    assert {row[1] for row in before["rejects"]} == {
        "x-batch-0000.zip/conversations.json",
        "x-batch-0001.zip/conversations.json",
    }
