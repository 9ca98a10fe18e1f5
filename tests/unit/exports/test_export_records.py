"""Record by record: what is yielded, and what is said about damage."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path

import pytest
from support.deliveries import file_member, open_only, read_all
from support.zips import RawEntry, deflate, write_raw_zip

from memlake.exports import RecordReader
from memlake.provider import Match

CONVERSATIONS = [
    {"title": f"No. {n}", "create_time": n, "mapping": {"x": [{"title": "a", "create_time": 1}]}} for n in range(50)
]


def test_elements_are_yielded_verbatim_with_hash_and_size(tmp_path: Path) -> None:
    """The records are the bytes of the file; hash and size are those of all of it."""
    data = json.dumps(CONVERSATIONS).encode()

    records, reader = read_all(file_member(tmp_path / "conversations.json", data))

    assert records == [json.dumps(each).encode() for each in CONVERSATIONS]
    assert (reader.sha256, reader.size_bytes) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (reader.is_whole, reader.reason) == (True, None)


def test_bytes_read_grows_while_iterating(tmp_path: Path) -> None:
    """Progress is visible before the end."""
    data = json.dumps([{"n": "x" * 100_000}] * 20).encode()
    reader = RecordReader(file_member(tmp_path / "a.json", data), Match())

    seen = [reader.bytes_read for _ in reader]

    assert 0 < seen[0] < seen[-1] <= reader.bytes_read == len(data)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b" \n", []),
        (b"[]", []),
        (b"{}", []),
        (b" [ ] ", []),
        (b"\n" * 600_000 + b"[1]", [b"1"]),
        (b"\xef\xbb\xbf[1, null]", [b"1", b"null"]),
        (b'[NaN, "a,]", -1]', [b"NaN", b'"a,]"', b"-1"]),
        (b'[{"a": NaN}, {"a": "\\ud83d"}, {"a": 3}]', [b'{"a": NaN}', b'{"a": "\\ud83d"}', b'{"a": 3}']),
    ],
)
def test_odd_but_whole_lists_are_whole(tmp_path: Path, data: bytes, expected: list[bytes]) -> None:
    """Nothing at all, a BOM, NaN, lone surrogates and scalars do no harm."""
    records, reader = read_all(file_member(tmp_path / "a.json", data))

    assert (records, reader.reason) == (expected, None)


@pytest.mark.parametrize(
    ("data", "expected", "reason"),
    [
        (b'[{"a": 1}, {"a": 2}\n', [b'{"a": 1}', b'{"a": 2}'], "ends in the middle of the list"),
        (b'[{"a": 1}, {"a": 2', [b'{"a": 1}'], "ends in the middle of the list"),
        (b'[{"a": 1}, {"a": {}', [b'{"a": 1}'], "ends in the middle of the list"),
        (b'[{"a": 1}, {"a": "', [b'{"a": 1}'], "ends in the middle of the list"),
        (b'[{"a": 1}}', [b'{"a": 1}'], "ends in the middle of the list"),
        (b"[1] [2]", [b"1"], "goes on after the end of the list"),
        (b"[1]garbage", [b"1"], "goes on after the end of the list"),
        (b"null", [], "is not a JSON list"),
        (b"<html>", [], "is not a JSON list"),
        (b"\xef\xbb\xbf   x", [], "is not a JSON list"),
    ],
)
def test_broken_list_yields_what_is_whole_and_says_why(
    tmp_path: Path, data: bytes, expected: list[bytes], reason: str
) -> None:
    """Elements before the damage come out; the member is not whole."""
    records, reader = read_all(file_member(tmp_path / "a.json", data))

    assert (records, reader.is_whole, reader.reason) == (expected, False, reason)


@pytest.mark.parametrize(
    ("data", "expected", "reason"),
    [
        (b'{"total": 2, "items": [1, 2], "more": {}}', [b"1", b"2"], None),
        (b'{"items" : []}', [], None),
        (b'{"items": [1, 2], "mo', [b"1", b"2"], "ends in the middle of an object"),
        (b'{"items": [1, 2', [b"1"], "ends in the middle of the list"),
        (b'{"items": null}', [], "holds no list named 'items'"),
        (b'{"other": [1], "x": {"items": [1]}}', [], "holds no list named 'items'"),
        (b'{"other": ', [], "holds no list named 'items'"),
        (b'{"\\ud83d": 1, "it\\u0065ms": [7]}', [b"7"], None),
        (b"[1]", [], "is not a JSON list"),
        (b"{}", [], None),
        (b'{"a"', [], "holds no list named 'items'"),
    ],
)
def test_list_in_an_object_is_found_by_its_key(
    tmp_path: Path, data: bytes, expected: list[bytes], reason: str | None
) -> None:
    """Only the list directly under the key is cut."""
    records, reader = read_all(file_member(tmp_path / "a.json", data), Match(list_key="items"))

    assert (records, reader.reason) == (expected, reason)


@pytest.mark.parametrize(
    ("data", "expected", "reason"),
    [
        (b'{"n": {"x": [0]}, "a": {"n": 1, "b": [1, 2], "c": {}}, "d": 1}', [b"1", b"2"], None),
        (b'{"a": [0], "b": [0], "a": {"b": [3]}}', [b"3"], None),
        (b'{"a": {"c": [1]}, "b": [2]}', [], "holds no list named 'a.b'"),
        (b'{"a": {"b": {"b": [1]}}}', [], "holds no list named 'a.b'"),
        (b'{"a": {"b": [1]', [b"1"], "ends in the middle of an object"),
        (b'{"a": {"b": [1', [], "ends in the middle of the list"),
    ],
)
def test_list_in_an_object_inside_the_object_is_found_by_both_keys(
    tmp_path: Path, data: bytes, expected: list[bytes], reason: str | None
) -> None:
    """Only that object is entered, and only the list directly in it is cut."""
    records, reader = read_all(file_member(tmp_path / "a.json", data), Match(list_key="a.b"))

    assert (records, reader.reason) == (expected, reason)


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_json_lines_are_one_record_a_line(tmp_path: Path, name: str) -> None:
    """Blank lines and carriage returns are not part of records."""
    data = b'\xef\xbb\xbf{"a": 1}\r\n\n{"a": 2}\n{"a": "' + b"x" * 600_000 + b'"}'

    records, reader = read_all(file_member(tmp_path / name, data))

    assert records == [b'{"a": 1}', b'{"a": 2}', b'{"a": "' + b"x" * 600_000 + b'"}']
    assert reader.is_whole


def test_line_that_is_cut_off_is_not_yielded(tmp_path: Path) -> None:
    """The last line has no end."""
    records, reader = read_all(file_member(tmp_path / "a.jsonl", b'{"a": 1}\n{"a": '))

    assert (records, reader.reason) == ([b'{"a": 1}'], "ends in the middle of a line")


def test_lines_that_end_with_a_newline_are_whole(tmp_path: Path) -> None:
    """Nothing is missing behind the last newline."""
    records, reader = read_all(file_member(tmp_path / "a.jsonl", b'x\n{"a": 1}\n'))

    assert (records, reader.reason) == ([b"x", b'{"a": 1}'], None)


def test_whole_file_is_one_record(tmp_path: Path) -> None:
    """Also when it is not JSON."""
    records, reader = read_all(file_member(tmp_path / "a.txt", b" one\ntwo "), Match(records="whole"))

    assert (records, reader.is_whole) == ([b" one\ntwo "], True)


def test_member_without_records_is_still_hashed(tmp_path: Path) -> None:
    """A provider may claim a file only to say that it holds nothing for the lake."""
    records, reader = read_all(file_member(tmp_path / "a.json", b"[1]"), Match(records="none"))

    assert (records, reader.is_whole, reader.sha256) == ([], True, hashlib.sha256(b"[1]").hexdigest())


def test_blank_file_has_no_whole_record(tmp_path: Path) -> None:
    """Emptiness is not a record."""
    records, reader = read_all(file_member(tmp_path / "a.txt", b"\n"), Match(records="whole"))

    assert (records, reader.is_whole) == ([], True)


def test_excerpt_starts_at_its_marker(tmp_path: Path) -> None:
    """The marker may lie across two reads; what is far behind it is left out."""
    data = b"a" * (256 * 1024 - 3) + b"MARKER" + b"b" * 9 * 1024 * 1024

    records, reader = read_all(file_member(tmp_path / "chat.html", data), Match(records="excerpt", marker=b"MARKER"))

    assert [record[:8] for record in records] == [b"MARKERbb"]
    assert len(records[0]) == 8 * 1024 * 1024
    assert reader.size_bytes == len(data)


def test_absent_marker_yields_nothing(tmp_path: Path) -> None:
    """A page without the section is whole and has no record."""
    records, reader = read_all(
        file_member(tmp_path / "chat.html", b"<p>nothing</p>"), Match(records="excerpt", marker=b"MARKER")
    )

    assert (records, reader.is_whole) == ([], True)


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b'[1, "' + b"x" * 2_000_000 + b'"]', Match()),
        (b'{"a": 1}\n{"' + b"x" * 2_000_000, Match()),
        (b"x" * 2_000_000, Match(records="whole")),
        (b'{"' + b"x" * 2_000_000 + b'": [1]}', Match(list_key="a")),
    ],
)
def test_record_beyond_the_limit_ends_the_reading_but_not_the_hash(tmp_path: Path, data: bytes, match: Match) -> None:
    """Memory stays bounded, the reason says so, and the hash is that of the whole file."""
    member = file_member(tmp_path / "a.json", data)

    records, reader = read_all(member, match, max_record_bytes=100_000)

    assert len(records) <= 1
    assert not reader.is_whole
    assert reader.sha256 == hashlib.sha256(data).hexdigest()


def test_failed_checksum_yields_everything_and_is_not_whole(tmp_path: Path) -> None:
    """The checksum is known only at the end."""
    entries = [RawEntry(name=b"conversations.json", data=b'[{"a": 1}, {"a": 2}]', crc32=1)]

    with open_only(write_raw_zip(tmp_path / "a.zip", entries)) as delivery:
        records, reader = read_all(delivery.members[0])

    assert (records, reader.reason) == ([b'{"a": 1}', b'{"a": 2}'], "fails its checksum")


def test_member_that_ends_early_keeps_its_whole_records(tmp_path: Path) -> None:
    """A deflate stream without its end."""
    data = json.dumps([{"a": str(n)} for n in range(2000)]).encode()
    entries = [RawEntry(name=b"conversations.json", data=data, packed=deflate(data)[:-200])]

    with open_only(write_raw_zip(tmp_path / "a.zip", entries)) as delivery:
        records, reader = read_all(delivery.members[0])

    assert len(records) > 1000
    assert records == [json.dumps({"a": str(n)}).encode() for n in range(len(records))]
    assert reader.reason == "ends early"


def test_known_records_need_no_parsing(tmp_path: Path) -> None:
    """A caller's own proof decides about guesses."""
    asked: list[bytes] = []
    member = file_member(tmp_path / "a.json", json.dumps(CONVERSATIONS).encode())

    def is_known(data: bytes) -> bool:
        asked.append(data)
        return True

    records = list(RecordReader(member, Match(), is_value=is_known))

    assert len(records) == len(CONVERSATIONS)
    assert asked == records[2:-1]


@pytest.mark.parametrize(
    "text",
    [
        b"[" + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b", 2]",
        b"[" + b"[" * 200_000 + b"]" * 200_000 + b"]",
        b'[{"a": "' + b'\\"}, {' * 1_000_000 + b'"}, 1]',
        b'[{"a": "' + b"\\" * 4_000_000 + b'"}, 1]',
        b"[" + b", ".join(b'{"%s": 1, "%s": 2}' % pair for pair in [(b"a", b"b"), (b"b", b"a")] * 30_000) + b"]",
        b"[" + b", ".join(b'{"k%d": 1}' % n for n in range(60_000)) + b"]",
    ],
    ids=["deep objects", "deep lists", "long string", "backslashes", "varying keys", "unique keys"],
)
def test_hostile_text_takes_linear_time(tmp_path: Path, text: bytes) -> None:
    """Twice the text must not take four times as long; a generous bound catches anything quadratic."""
    member = file_member(tmp_path / "a.json", text)
    started = time.process_time()

    _, reader = read_all(member)

    assert reader.is_whole
    assert time.process_time() - started < 5
