"""See from a file's beginning what it looks like, so that a provider can recognise it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from memlake.exports.delivery import Member
from memlake.exports.splitter import BOM, STRING, StructureScanner, key_text
from memlake.exports.streams import MemberDamagedError
from memlake.provider import FileKind, FileShape
from memlake.text import decode_text

_FIRST_LOOK_BYTES = 512 * 1024
_LONG_LOOK_BYTES = 4 * 1024 * 1024
_MAX_ELEMENTS = 20
_LINES_SUFFIXES = (".jsonl", ".ndjson")
_TEXT_SUFFIXES = (".md", ".txt")
_HTML_SUFFIXES = (".html", ".htm")
_WITHOUT_KEYS = ("text", "html", "unreadable")
_HEAD_BYTES = 64 * 1024
_SPACE = re.compile(rb"[\s]*+")
_KEY = re.compile(rb"[\s]*+(" + STRING + rb")[\s]*+:[\s]*+", re.DOTALL)


def read_shape(member: Member) -> FileShape:
    """Return the shape of a text member from its beginning; never raises.

    Looks at some 20 elements or half a MiB; further only if the first element is longer than that, and then at
    the keys that the first MiBs show.
    """
    text = _beginning(member)
    if member.size_bytes and not text:
        return FileShape(base_name=member.base_name, kind="unreadable")
    shape = _shape(member.base_name, text.removeprefix(BOM))
    if shape.kind in _WITHOUT_KEYS or not shape.keys or frozenset() in shape.inner.values():
        return replace(shape, head=decode_text(text[:_HEAD_BYTES]))
    return shape


def _beginning(member: Member) -> bytes:
    text = b""
    wanted_bytes = _FIRST_LOOK_BYTES
    with suppress(MemberDamagedError), member.open() as stream:
        for chunk in stream:
            text += chunk
            if len(text) >= wanted_bytes:
                if wanted_bytes == _LONG_LOOK_BYTES or _has_first_element(text.removeprefix(BOM)):
                    break
                wanted_bytes = _LONG_LOOK_BYTES
    return text


def _shape(name: str, text: bytes) -> FileShape:
    suffix = "." + name.lower().rpartition(".")[2]
    start = _skip_space(text, 0)
    first = text[start : start + 1]
    if not first:
        return FileShape(base_name=name, kind="empty")
    if suffix in _HTML_SUFFIXES:
        return FileShape(base_name=name, kind="html")
    shape = FileShape(base_name=name, kind="unreadable")
    if first == b"[":
        shape = _list_shape(name, text, start)
    elif first == b"{":
        shape = _object_shape(name, text, start, are_lines=suffix in _LINES_SUFFIXES)
    if suffix in _TEXT_SUFFIXES and not (shape.keys or shape.kind == "empty"):
        return FileShape(base_name=name, kind="text")
    return shape


def _list_shape(name: str, text: bytes, start: int) -> FileShape:
    after = _skip_space(text, start + 1)
    kind: FileKind = "empty" if text[after : after + 1] == b"]" else "array"
    return FileShape(base_name=name, kind=kind, keys=_element_keys(text, start))


def _object_shape(name: str, text: bytes, start: int, *, are_lines: bool) -> FileShape:
    places = list(_members(text, start))
    keys = frozenset(key for key, _ in places)
    end = _end_of_value(text, start)
    after = _skip_space(text, end) if end is not None else len(text)
    if are_lines or text[after : after + 1] == b"{":
        return FileShape(base_name=name, kind="lines", keys=keys | _line_keys(text, after))
    if text[after : after + 1]:
        return FileShape(base_name=name, kind="unreadable")
    if not keys:
        is_empty = text[_skip_space(text, start + 1) :].startswith(b"}")
        return FileShape(base_name=name, kind="empty" if is_empty else "unreadable")
    inner = dict(_inner_lists(text, places))
    return FileShape(base_name=name, kind="object", keys=keys, inner=inner)


def _inner_lists(text: bytes, places: Sequence[tuple[str, int]]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the lists among an object's values, and those in the objects among them, with a dot in their keys."""
    for key, place in places:
        if text[place : place + 1] == b"[":
            yield key, _element_keys(text, place)
        elif text[place : place + 1] == b"{":
            for inner_key, inner_place in _members(text, place):
                if text[inner_place : inner_place + 1] == b"[":
                    yield f"{key}.{inner_key}", _element_keys(text, inner_place)


def _line_keys(text: bytes, start: int) -> frozenset[str]:
    keys: set[str] = set()
    for line in text[start:].splitlines()[:_MAX_ELEMENTS]:
        place = _skip_space(line, 0)
        if line[place : place + 1] == b"{":
            keys.update(key for key, _ in _members(line, place))
    return frozenset(keys)


def _element_keys(text: bytes, start: int) -> frozenset[str]:
    """Return the keys of the first objects in the list that opens at `start`."""
    keys: set[str] = set()
    place = start + 1
    for _ in range(_MAX_ELEMENTS):
        place = _skip_space(text, place)
        if text[place : place + 1] == b"{":
            keys.update(key for key, _ in _members(text, place))
        end = StructureScanner(place).find_end(text)
        if end is None or text[end : end + 1] != b",":
            break
        place = end + 1
    return frozenset(keys)


def _members(text: bytes, start: int) -> Iterator[tuple[str, int]]:
    """Yield the keys of the object that opens at `start`, each with the place of its value, as far as they show."""
    place = start + 1
    while found := _KEY.match(text, place):
        yield key_text(found[1]), found.end()
        end = StructureScanner(found.end()).find_end(text)
        if end is None or text[end : end + 1] != b",":
            return
        place = end + 1


def _has_first_element(text: bytes) -> bool:
    start = _skip_space(text, 0)
    if text[start : start + 1] == b"[":
        start = _skip_space(text, start + 1)
    return _end_of_value(text, start) is not None


def _end_of_value(text: bytes, start: int) -> int | None:
    """Return the place after the object or list that opens at `start`; `None` if its end does not show."""
    if text[start : start + 1] not in (b"{", b"["):
        return start
    end = StructureScanner(start + 1).find_end(text)
    while end is not None and text[end : end + 1] == b",":
        end = StructureScanner(end + 1).find_end(text)
    return None if end is None else end + 1


def _skip_space(text: bytes, start: int) -> int:
    found = _SPACE.match(text, start)
    return found.end() if found else start
