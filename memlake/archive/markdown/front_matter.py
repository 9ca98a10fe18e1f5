"""Front matter: what a page tells to programs, as YAML that is valid for any text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

import orjson

from memlake.archive.markdown.inline import on_one_line

Value = str | int | bool | datetime | list[str] | None
_OPENS_LINK = re.compile(r"\[(?=\[)")
_NO_CHARACTERS = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}  # YAML refuses them


def front_matter(fields: Iterable[tuple[str, Value]]) -> str:
    """Return the block at the head of a page, without what is not known."""
    lines = [f"{name}: {_scalar(value)}" for name, value in fields if value is not None]
    return "\n".join(["---", *lines, "---", ""])


def utc_time(moment: datetime) -> str:
    """Return a time as programs read it, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _scalar(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return utc_time(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_quoted, value))}]"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    """Return a text on one line between quotes; what JSON writes YAML reads.

    What Obsidian would take for a link to a page of the user's own is none with a blank in its middle.
    """
    line = _OPENS_LINK.sub("[ ", on_one_line(text))
    return orjson.dumps(line.translate(_NO_CHARACTERS)).decode()
