"""Synthetic Claude conversations for tests: readable messages in, JSON objects as exports hold them out.

    conversation("c1", human("Remember that I live in Lyon."), assistant(*edit("add", control="User lives in Lyon")))

Messages follow one another and are called `m1`, `m2` …; times count up by ten seconds from `START_US`.
"""

from __future__ import annotations

import json
from typing import TypeVar

from memlake.jsontext import JsonBytes
from memlake.model import Ignored, Parsed, Reject, Row
from memlake.providers.claude import parse

RowT = TypeVar("RowT", bound=Row)
Json = dict[str, object]

START_US = 1_735_732_800_000_000
"""2025-01-01 12:00:00 UTC, when the first conversation begins."""

NO_PARENT = "00000000-0000-4000-8000-000000000000"


def iso(seconds: int) -> str:
    """Return the time so many seconds after the start, below an hour, as exports write it."""
    return f"2025-01-01T12:{seconds // 60:02}:{seconds % 60:02}.000000Z"


def text(words: object) -> Json:
    """Return a block of text."""
    return {"type": "text", "text": words, "citations": [], "start_timestamp": None, "stop_timestamp": None}


def tool_call(name: object, arguments: object, **keys: object) -> Json:
    """Return a block that calls a tool."""
    return {"type": "tool_use", "id": None, "name": name, "input": arguments, **keys}


def tool_result(name: object, *texts: str, **keys: object) -> Json:
    """Return a block with what a tool answered."""
    content = [{"type": "text", "text": words, "uuid": "u"} for words in texts]
    return {"type": "tool_result", "tool_use_id": None, "name": name, "content": content, "is_error": False, **keys}


def edit(command: object, *answers: str, **arguments: object) -> list[Json]:
    """Return a call of the memory tool, and its result if there is an answer."""
    call = tool_call("memory_user_edits", {"command": command, **arguments})
    return [call, tool_result("memory_user_edits", *answers)] if answers else [call]


def message(sender: object, *blocks: object, **keys: object) -> Json:
    """Return a message; bare strings are blocks of text."""
    content = [text(block) if isinstance(block, str) else block for block in blocks]
    return {"sender": sender, "text": "", "content": content, "attachments": [], "files": [], **keys}


def human(*blocks: object, **keys: object) -> Json:
    """Return what the person says."""
    return message("human", *blocks, **keys)


def assistant(*blocks: object, **keys: object) -> Json:
    """Return what Claude says."""
    return message("assistant", *blocks, **keys)


def conversation(conversation_id: object, *messages: Json, is_linear: bool = False, **keys: object) -> Json:
    """Return a conversation; what a message says of its id, time and parent stands."""
    numbered: list[Json] = []
    for number, each in enumerate(messages, start=1):
        head: Json = {"uuid": f"m{number}", "created_at": iso(10 * number), "updated_at": iso(10 * number)}
        link: Json = {} if is_linear else {"parent_message_uuid": f"m{number - 1}" if number > 1 else NO_PARENT}
        numbered.append(head | link | each)
    return {
        "uuid": conversation_id,
        "name": f"About {conversation_id}",
        "summary": "",
        "created_at": iso(0),
        "updated_at": iso(10 * len(messages)),
        "account": {"uuid": "account-1"},
        "chat_messages": numbered,
    } | keys


def outcome(entity: str, record: object) -> Parsed | Ignored | Reject:
    """Return what a record of an entity is parsed to."""
    return parse(entity, JsonBytes(json.dumps(record).encode()))


def parsed(record: object, entity: str = "conversations") -> Parsed:
    """Parse a record that can be parsed."""
    found = outcome(entity, record)
    assert isinstance(found, Parsed)
    return found


def parsed_rows(record: object, row_type: type[RowT], entity: str = "conversations") -> list[RowT]:
    """Return the rows of one kind that a record gives."""
    return [row for found in parsed(record, entity).rows.values() for row in found if isinstance(row, row_type)]
