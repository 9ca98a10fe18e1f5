"""The list of memory edits as the tool shows it: "Viewed memory edits:" and a numbered line for each."""

from __future__ import annotations

import re

from memlake.jsontext import InvalidJsonError, decode_json
from memlake.parsing.values import first_text, is_object

_NUMBERED = re.compile(r"\s*(?:#\s?)?(\d{1,6})[.):]\s+(?=\S)")
_BULLET = re.compile(r"\s*[-*•]\s+(?=\S)")
_SAYS_NONE = re.compile(
    r"\b(?:no|zero|0|any)\b[\w\s]{0,40}\b(?:memor|edit)|\b(?:memor|edit)[\w\s]{0,40}(?::|\bis\b|\bare\b)\s?(?:none|empty)\b",
    re.IGNORECASE,
)
_LONGEST_NONE = 200
_TEXT_KEYS = ("content", "text", "control", "memory")


def listed_edits(reply: str) -> list[str] | None:
    """Return the edits that a list shows, an empty list if it says that there are none; `None` if it is no list."""
    if reply.lstrip().startswith(("[", "{")) and (stated := _json_entries(reply)) is not None:
        return stated
    entries = _line_entries(reply.splitlines())
    if entries:
        return entries
    return [] if len(reply) <= _LONGEST_NONE and _SAYS_NONE.search(reply) else None


def _json_entries(reply: str) -> list[str] | None:
    try:
        value = decode_json(reply.encode())
    except InvalidJsonError:
        return None
    if is_object(value):
        value = next((inner for inner in value.values() if isinstance(inner, list)), None)
    if not isinstance(value, list):
        return None
    texts = [first_text(item, _TEXT_KEYS) if is_object(item) else item for item in value]
    entries = [text.strip() for text in texts if isinstance(text, str) and text.strip()]
    return entries if len(entries) == len(value) else None


def _line_entries(lines: list[str]) -> list[str]:
    """Read numbers that count on from 1, or else bullets; what follows on the next lines belongs to an entry.

    A blank line ends an entry, so that a remark below the list is no part of it.
    """
    entries: list[list[str]] = []
    is_open = is_numbered = False
    for line in lines:
        numbered = _NUMBERED.match(line)
        bullet = _BULLET.match(line)
        if numbered and int(numbered[1]) == len(entries) + 1 and (is_numbered or not entries):
            entries.append([line[numbered.end() :]])
            is_open = is_numbered = True
        elif bullet and not is_numbered:
            entries.append([line[bullet.end() :]])
            is_open = True
        elif is_open and line.strip():
            entries[-1].append(line)
        else:
            is_open = False
    return ["\n".join(entry).strip() for entry in entries]
