"""What a file looks like from its beginning."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.deliveries import file_member, open_only
from support.zips import RawEntry, deflate, write_raw_zip

from memlake.exports import read_shape


@pytest.mark.parametrize(
    ("name", "data", "kind", "keys"),
    [
        ("a.json", b'[{"a": 1, "b": [{"x": 1}]}, 3, {"c": "}"}]', "array", {"a", "b", "c"}),
        ("a.json", b'\xef\xbb\xbf [ {"a": 1}', "array", {"a"}),
        ("a.json", b"[1, 2]", "array", set()),
        ("a.json", b'[{"a": 1, "b": "cut o', "array", {"a", "b"}),
        ("a.json", b'{"a": 1, "\\u0062": {}}', "object", {"a", "b"}),
        ("a.json", b'{"a": 1, "b": "cut o', "object", {"a", "b"}),
        ("a.json", b"[]", "empty", set()),
        ("a.json", b" [ ] ", "empty", set()),
        ("a.json", b"{ }", "empty", set()),
        ("a.json", b"", "empty", set()),
        ("a.json", b"\xef\xbb\xbf\n", "empty", set()),
        ("a.txt", b" ", "empty", set()),
        ("a.jsonl", b'{"a": 1}\n{"b": 2}\nx', "lines", {"a", "b"}),
        ("a.jsonl", b'{"a": 1}', "lines", {"a"}),
        ("a.json", b'{"a": 1}\n{"b": 2}\n', "lines", {"a", "b"}),
        ("a.json", b'{"a": 1} x', "unreadable", set()),
        ("a.json", b"{x", "unreadable", set()),
        ("a.json", b'{"\\ud83d": 1}', "object", {"\\ud83d"}),
        ("a.json", b"hello", "unreadable", set()),
        ("chat.html", b"<p>", "html", set()),
        ("a.md", b"[2026-01-01] - Likes tea.", "text", set()),
        ("a.txt", b"hello", "text", set()),
        ("a.txt", b"{not json}", "text", set()),
        ("a.txt", b'[{"content": "x"}]', "array", {"content"}),
        ("a.txt", b"[]", "empty", set()),
    ],
)
def test_shape_tells_kind_and_keys(tmp_path: Path, name: str, data: bytes, kind: str, keys: set[str]) -> None:
    """Content decides about JSON, the suffix about the rest."""
    shape = read_shape(file_member(tmp_path / name, data))

    assert shape.base_name == name
    assert shape.kind == kind
    assert shape.keys == keys


def test_object_shows_the_keys_inside_its_lists(tmp_path: Path) -> None:
    """Lists of objects, of scalars and empty ones; other values have no entry."""
    data = {"memories": [{"id": 1}, {"text": 2}], "none": [], "numbers": [1], "total": 3}

    shape = read_shape(file_member(tmp_path / "a.json", json.dumps(data).encode()))

    assert shape.inner == {"memories": {"id", "text"}, "none": frozenset(), "numbers": frozenset()}


def test_list_one_object_deeper_shows_with_a_dot_in_its_key(tmp_path: Path) -> None:
    """No deeper: what is in there can be anything."""
    data = {"tool": {"on": True, "entries": [{"id": 1}], "none": [], "deep": {"list": [{"x": 1}]}}}

    shape = read_shape(file_member(tmp_path / "a.json", json.dumps(data).encode()))

    assert shape.keys == {"tool"}
    assert shape.inner == {"tool.entries": {"id"}, "tool.none": frozenset()}


@pytest.mark.parametrize(
    ("name", "data", "head"),
    [
        ("a.txt", "\ufeffolá", "olá"),
        ("a.json", '["text"]', '["text"]'),
        ("a.json", '{"list": ["text"]}', '{"list": ["text"]}'),
        ("a.json", '[{"a": 1}]', ""),
        ("a.json", '{"list": [{"a": 1}], "b": 1}', ""),
    ],
)
def test_head_is_there_where_keys_do_not_tell(tmp_path: Path, name: str, data: str, head: str) -> None:
    """Lists of texts have none, and text is text."""
    assert read_shape(file_member(tmp_path / name, data.encode())).head == head


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_head_of_a_text_that_windows_wrote_can_be_read(tmp_path: Path, encoding: str) -> None:
    """PowerShell writes UTF-16 with its mark in front."""
    text = "- Lebt in Köln" if encoding == "utf-16" else "\ufeff- Lebt in Köln"

    assert read_shape(file_member(tmp_path / "a.txt", text.encode(encoding))).head == "- Lebt in Köln"


def test_only_the_first_elements_are_looked_at(tmp_path: Path) -> None:
    """The 21st element has no say."""
    data = [{"a": n} for n in range(20)] + [{"late": 1}]

    assert read_shape(file_member(tmp_path / "a.json", json.dumps(data).encode())).keys == {"a"}


def test_huge_first_element_still_gives_its_first_keys(tmp_path: Path) -> None:
    """Its end lies beyond everything that is looked at."""
    first = {"title": "x", "mapping": {str(n): "y" * 1000 for n in range(6000)}, "id": 1}

    shape = read_shape(file_member(tmp_path / "a.json", json.dumps([first, {"late": 1}]).encode()))

    assert shape.kind == "array"
    assert shape.keys == {"title", "mapping"}


def test_long_first_element_gives_all_its_keys(tmp_path: Path) -> None:
    """Its end lies beyond the first look, within the second."""
    first = {"title": "x", "mapping": "y" * 700_000, "id": 1}

    shape = read_shape(file_member(tmp_path / "a.json", json.dumps([first] * 20).encode()))

    assert shape.keys == {"title", "mapping", "id"}


def test_damaged_member_shows_what_can_be_read(tmp_path: Path) -> None:
    """Up to the damage; nothing at all is unreadable."""
    entries = [
        RawEntry(name=b"a.json", data=b'[{"a": 1}]', crc32=1),
        RawEntry(name=b"b.json", data=b"[1]", packed=b"\xff" * 9),
    ]

    with open_only(write_raw_zip(tmp_path / "a.zip", entries)) as delivery:
        shapes = [read_shape(member) for member in delivery.members]

    assert [shape.kind for shape in shapes] == ["array", "unreadable"]
    assert [shape.keys for shape in shapes] == [{"a"}, set()]


def test_shape_of_a_big_packed_member_reads_only_its_beginning(tmp_path: Path) -> None:
    """Damage far behind is not met."""
    data = b'[{"a": "' + b"x" * 100_000 + b'"}' + b', {"a": 1}' * 900_000 + b"]"
    entries = [RawEntry(name=b"a.json", data=data, packed=deflate(data)[:-10])]

    with open_only(write_raw_zip(tmp_path / "a.zip", entries)) as delivery:
        assert read_shape(delivery.members[0]).keys == {"a"}
