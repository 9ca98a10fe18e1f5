"""Rows as other programs read them: JSON, JSON Lines, CSV and Markdown, always UTF-8."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass

import orjson

from memlake.text import inert_text

MarkdownTable = tuple[Sequence[str], Sequence[Sequence[str]]]

_JSON_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE
_STEERS_TERMINALS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_MARKDOWN_ACTIVE = re.compile(r"([\\`*_{}\[\]<>&|#~!])")


def as_json(value: object) -> bytes:
    """Return a value as readable JSON."""
    return _inert_json(orjson.dumps(value, option=_JSON_OPTIONS | orjson.OPT_INDENT_2))


def as_json_lines(rows: Sequence[object]) -> bytes:
    """Return one JSON object a line."""
    return b"".join(_inert_json(orjson.dumps(row, option=_JSON_OPTIONS)) for row in rows)


def as_csv(rows: Sequence[object], names: Sequence[str]) -> bytes:
    """Return a CSV with a header. Controls are spelled out in it; JSON keeps texts to the letter."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_csv_value(getattr(row, name)) for name in names] for row in rows)
    return target.getvalue().encode()


def as_markdown(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a Markdown table whose texts are only text: no markup, no HTML, no images."""
    lines = [titles, ["---"] * len(titles), *([_markdown_text(text) for text in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines).encode()


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


def fields_of(value: object) -> dict[str, object]:
    """Return the fields of a dataclass instance, not going deeper."""
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is no dataclass")
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _inert_json(data: bytes) -> bytes:
    """Write as JSON escapes what a terminal would obey; the document means the same."""
    text = data.decode()
    return data if text.isascii() and "\x7f" not in text else _STEERS_TERMINALS.sub(_json_escape, text).encode()


def _json_escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _csv_value(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return inert_text(value)
    return orjson.dumps(value, option=orjson.OPT_UTC_Z).decode().strip('"')


def _markdown_text(text: str) -> str:
    return _MARKDOWN_ACTIVE.sub(r"\\\1", inert_text(text)).replace("\n", "<br>")
