"""JSON text, one document after the other: lists come element by element, all else as it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from memlake.errors import ExportError
from memlake.exports.documents import DocumentReader
from memlake.exports.streams import MemberDamagedError


def reader(text: bytes, *, chunk_bytes: int = 3, max_record_bytes: int = 1000) -> DocumentReader:
    """Return a reader of a text that comes in small chunks."""
    chunks = (text[begin : begin + chunk_bytes] for begin in range(0, len(text), chunk_bytes))
    return DocumentReader(chunks, "x.json", max_record_bytes=max_record_bytes)


def damaged() -> Iterator[bytes]:
    """Yield the beginning of a list that cannot be read to its end."""
    yield b" [1,"
    raise MemberDamagedError("fails its checksum")


@pytest.mark.parametrize(
    ("text", "lists", "rest"),
    [
        (b"", [], b""),
        (b" \n", [], b""),
        (b"[]", [[]], b""),
        (b"\xef\xbb\xbf[1, 2]\n", [[b"1", b"2"]], b""),
        (b'[1] [ ["a,b", {}] ]', [[b"1"], [b'["a,b", {}]']], b""),
        (b"[1]{} [2]", [[b"1"]], b"{} [2]"),
        (b'{"a": [1]}', [], b'{"a": [1]}'),
        (b"[1,,2,]", [[b"1", b"", b"2", b""]], b""),
        (b"[1 2]", [[b"1 2"]], b""),
        (b"[1]]", [[b"1"]], b"]"),
    ],
)
def test_lists_are_cut_and_the_rest_stays(text: bytes, lists: list[list[bytes]], rest: bytes) -> None:
    """Nothing is lost and nothing mended: what is wrong with it is for libjq to say."""
    found = reader(text)

    assert [list(elements) for elements in found.lists()] == lists
    assert found.rest() == rest


def test_very_many_lists_are_read_one_after_the_other() -> None:
    """However many: what is behind a list is not piled up."""
    found = reader(b"[1]" * 100_000, chunk_bytes=4096)

    assert sum(len(list(elements)) for elements in found.lists()) == 100_000


@pytest.mark.parametrize("text", [b"[1, 2", b'[{"a": 1}, {"a"', b"[1}", b"["])
def test_a_list_that_does_not_end_is_refused_after_its_whole_elements(text: bytes) -> None:
    """By name."""
    with pytest.raises(ExportError, match=r"x\.json ends in the middle of the list"):
        [list(elements) for elements in reader(text).lists()]


def test_a_record_that_is_too_large_is_refused() -> None:
    """Memory stays bounded whatever comes."""
    with pytest.raises(ExportError, match=r"x\.json holds a record larger than 9 bytes"):
        [list(elements) for elements in reader(b'["' + b"x" * 9999 + b'"]', max_record_bytes=9).lists()]


def test_damage_is_told_wherever_it_is_met() -> None:
    """In a list, between documents and in the rest."""
    with pytest.raises(ExportError, match=r"x\.json fails its checksum"):
        [list(elements) for elements in DocumentReader(damaged(), "x.json").lists()]
    with pytest.raises(ExportError, match=r"x\.json fails its checksum"):
        DocumentReader(damaged(), "x.json").rest()
    begun = damaged()
    next(begun)
    with pytest.raises(ExportError, match=r"x\.json fails its checksum"):
        list(DocumentReader(begun, "x.json").lists())
