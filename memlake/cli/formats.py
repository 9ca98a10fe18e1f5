"""Rows as other programs read them: JSON, JSON Lines, CSV and Markdown, always UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from itertools import chain, count
from math import isfinite

import orjson

from memlake.text import inert_line, inert_text

MarkdownTable = tuple[Sequence[str], Sequence[Sequence[str]]]

_JSON_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE
_STEERS_TERMINALS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_NEEDS_QUOTES = re.compile(r'^$|[",\r\n]|^\s|\s$')
_MARKDOWN_ACTIVE = re.compile(r"([\\`*_{}\[\]<>&|#~!])")


def as_json(value: object) -> bytes:
    """Return a value as readable JSON."""
    return _json(value, orjson.OPT_INDENT_2)


def as_json_lines(rows: Sequence[object]) -> bytes:
    """Return one JSON object a line."""
    return b"".join(map(_json, rows))


def as_csv(rows: Sequence[object], names: Sequence[str]) -> bytes:
    """Return a CSV with a header, and texts to the letter: an empty cell is null, `""` an empty text."""
    return _csv([names, *([getattr(row, name) for name in names] for row in rows)])


def as_markdown(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a Markdown table whose texts are only text: no markup, no HTML, no images."""
    head = f"| {' | '.join(titles)} |\n| {' | '.join(['---'] * len(titles))} |\n"
    return head.encode() + _markdown_lines(rows)


def as_format(name: str, *, document: object, rows: Sequence[object], row_type: type, markdown: MarkdownTable) -> bytes:
    """Return an answer in one of the formats for programs: `document` in JSON, in the others its rows."""
    match name:
        case "json":
            return as_json(document)
        case "jsonl":
            return as_json_lines(rows)
        case "csv":
            return as_csv(rows, [field.name for field in fields(row_type)])
        case _:
            return as_markdown(*markdown)


def streamed(name: str, columns: Sequence[str], batches: Iterable[Sequence[Sequence[object]]]) -> Iterator[bytes]:
    """Yield an answer in one of the formats for programs, a batch at a time; equal column names are told apart."""
    names = _distinct(columns)
    match name:
        case "json":
            yield from _streamed_json(names, batches)
        case "jsonl":
            for batch in batches:
                yield as_json_lines([dict(zip(names, row, strict=True)) for row in batch])
        case "csv":
            yield _csv([names])
            for batch in batches:
                yield _csv(batch)
        case _:
            yield as_markdown([_markdown_text(name) for name in names], [])
            for batch in batches:
                yield _markdown_lines([spelled(value) for value in row] for row in batch)


def spelled(value: object) -> str:
    """Return a value of any type as JSON spells it, a text without its quotation marks; null is empty."""
    match value:
        case None:
            return ""
        case str():
            return value
        case float() if not isfinite(value):
            return str(value)
        case _:
            return _json(value).decode().rstrip("\n").removeprefix('"').removesuffix('"')


def fields_of(value: object) -> dict[str, object]:
    """Return the fields of a dataclass instance, not going deeper."""
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is no dataclass")
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _streamed_json(names: Sequence[str], batches: Iterable[Sequence[Sequence[object]]]) -> Iterator[bytes]:
    """Yield what `as_json` returns for all rows at once."""
    is_empty = True
    for batch in batches:
        shown = (as_json(dict(zip(names, row, strict=True))).rstrip().replace(b"\n", b"\n  ") for row in batch)
        yield (b"[\n  " if is_empty else b",\n  ") + b",\n  ".join(shown)
        is_empty = False
    yield b"[]\n" if is_empty else b"\n]\n"


def _json(value: object, option: int = 0) -> bytes:
    """Return a value as JSON; types that JSON lacks are spelled as a database spells them."""
    option |= _JSON_OPTIONS | orjson.OPT_NON_STR_KEYS
    try:
        data = orjson.dumps(value, option=option, default=_json_value)
    except TypeError:  # a whole number that 64 bits do not hold
        data = orjson.dumps(_without_giants(value), option=option, default=_json_value)
    return _inert_json(data)


def _json_value(value: object) -> object:
    if isinstance(value, Decimal):
        return orjson.Fragment(str(value)) if value.is_finite() else None
    return value.hex() if isinstance(value, bytes) else str(value)


def _without_giants(value: object) -> object:
    match value:
        case bool():
            return value
        case int():
            return orjson.Fragment(str(value))
        case dict():
            return {key: _without_giants(item) for key, item in value.items()}
        case list() | tuple():
            return [_without_giants(item) for item in value]
        case _:
            return value


def _distinct(names: Sequence[str]) -> list[str]:
    """Return names of which none is there twice, without controls: the second `n` is `n_2`."""
    found: dict[str, None] = {}
    for name in map(inert_line, names):
        spellings = chain([name], (f"{name}_{number}" for number in count(2)))
        found[next(spelling for spelling in spellings if spelling not in found)] = None
    return list(found)


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Return lines of CSV; half a surrogate pair, which only typed words hold, is spelled out."""
    return "".join(f"{','.join(map(_csv_cell, row))}\n" for row in rows).encode(errors="backslashreplace")


def _csv_cell(value: object) -> str:
    text = spelled(value)
    if value is None or not _NEEDS_QUOTES.search(text):
        return text
    quoted = text.replace('"', '""')
    return f'"{quoted}"'


def _markdown_lines(rows: Iterable[Sequence[str]]) -> bytes:
    return "".join(f"| {' | '.join(map(_markdown_text, row))} |\n" for row in rows).encode()


def _inert_json(data: bytes) -> bytes:
    """Write as JSON escapes what a terminal would obey; the document means the same."""
    text = data.decode()
    return data if text.isascii() and "\x7f" not in text else _STEERS_TERMINALS.sub(_json_escape, text).encode()


def _json_escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _markdown_text(text: str) -> str:
    return _MARKDOWN_ACTIVE.sub(r"\\\1", inert_text(text)).replace("\n", "<br>")
