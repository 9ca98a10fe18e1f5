"""The tool with which the assistant edits what it remembers, as its calls spell it.

Source: public transcripts and guides of `memory_user_edits`: commands view, add, remove and replace, and a list of
edits whose lines are counted from 1.
"""

from __future__ import annotations

from typing import NamedTuple

from memlake.jsontext import InvalidJsonError, decode_json
from memlake.parsing.values import JsonObject, count_or_none, first_text, object_or_empty, text_or_none

_TOOL = "memory_user_edits"
_ACTIONS = {"add": "save", "remove": "forget", "replace": "replace", "view": "list"}
_CONTENT_KEYS = {"replace": ("replacement",)}
_MOST_DIGITS = 6
"""Longer numbers are no lines: real lists end at 30 or so."""


class Edit(NamedTuple):
    """What one call wants: `action` is an event's, `command` the tool's own word."""

    command: str
    action: str
    content: str | None
    line_number: int | None


def is_memory_tool(block: JsonObject) -> bool:
    """Say whether a call or a result is this tool's; a server's name may stand before its own."""
    name = block.get("name")
    return isinstance(name, str) and (name == _TOOL or name.endswith(f":{_TOOL}"))


def read_edit(call: JsonObject) -> Edit:
    """Read a call; what saves nothing, and a command that nobody knows, does nothing."""
    arguments = _arguments(call.get("input"))
    command = (text_or_none(arguments.get("command")) or "").strip().casefold()
    action = _ACTIONS.get(command, "noop")
    content = None
    if action != "list":
        content = first_text(arguments, _CONTENT_KEYS.get(command, ("control", "replacement")))
    if content is None and action in ("save", "replace"):
        action = "noop"
    return Edit(command, action, content, _line_number(arguments.get("line_number")))


def edit_text(call: JsonObject) -> str | None:
    """Return a call for people: `replace #2: User lives in Lyon`; `None` if it is no such call."""
    edit = read_edit(call)
    if not is_memory_tool(call) or edit.command not in _ACTIONS:
        return None
    line = "" if edit.line_number is None else f" #{edit.line_number}"
    return f"{edit.command}{line}" + ("" if edit.content is None else f": {edit.content}")


def _arguments(value: object) -> JsonObject:
    if isinstance(value, str):
        try:
            value = decode_json(value.encode())
        except InvalidJsonError:
            return {}
    return object_or_empty(value)


def _line_number(value: object) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS:
        value = int(value)
    number = count_or_none(value)
    return number if number and number < 10**_MOST_DIGITS else None
