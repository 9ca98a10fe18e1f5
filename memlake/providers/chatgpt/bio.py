"""Calls of `bio`, the tool with which the assistant saves and forgets memories."""

from __future__ import annotations

import re
from collections.abc import Iterator

from memlake.jsontext import InvalidJsonError, decode_json
from memlake.model import EventLineRow, EventRow, MessageRow
from memlake.providers.chatgpt.thread import Thread
from memlake.providers.chatgpt.values import is_object
from memlake.text import text_key

_TOOL = "bio"
_FORGET = re.compile(r"\s*forget\b", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-*•]|\d{1,3}[.)])\s+")


def bio_calls(thread: Thread) -> Iterator[EventRow | EventLineRow]:
    """Yield each recorded call, on every branch, followed by its lines if it saves several facts.

    A call is a message to the tool; where messages name no recipient, the assistant's message that the tool
    replied to.
    """
    to_tools = [row for row in thread.rows if row.recipient != "all"]
    if not to_tools:
        return
    replies = {row.parent_id: row for row in reversed(thread.rows) if row.author_name == _TOOL and row.role == "tool"}
    for row in to_tools:
        if _is_call(row, replies):
            event = _event(row, replies.get(row.message_id), thread)
            yield event
            if event.action == "save":
                yield from _lines(event)


def _is_call(row: MessageRow, replies: dict[str | None, MessageRow]) -> bool:
    if row.recipient is None:
        return row.role == "assistant" and row.message_id in replies
    return row.recipient == _TOOL or row.recipient.startswith(f"{_TOOL}.")


def _event(call: MessageRow, reply: MessageRow | None, thread: Thread) -> EventRow:
    content = _content(call.text)
    action = _action(content)
    occurred_at_us = call.created_at_us
    if occurred_at_us is None and reply is not None:
        occurred_at_us = reply.created_at_us
    return EventRow(
        conversation_id=thread.conversation_id,
        message_id=call.message_id,
        event_index=0,
        action=action,
        content=content or None,
        text_key=None if action == "noop" else text_key(content),
        occurred_at_us=occurred_at_us,
        is_acknowledged=reply is not None if thread.has_tool_layer else None,
    )


def _content(text: str) -> str:
    """Return what a call says: its text, or the `content` of a JSON object in its place."""
    if not text.lstrip().startswith("{"):
        return text
    try:
        arguments = decode_json(text.encode())
    except InvalidJsonError:
        return text
    content = arguments.get("content") if is_object(arguments) else None
    return content if isinstance(content, str) else text


def _action(content: str) -> str:
    if content.strip().casefold() in ("", "ignore"):
        return "noop"
    return "forget" if _FORGET.match(content) else "save"


def _lines(event: EventRow) -> Iterator[EventLineRow]:
    lines = [_BULLET.sub("", f"{line.strip()} ").strip() for line in (event.content or "").split("\n")]
    facts = [line for line in lines if line]
    if len(facts) > 1:
        for line_number, fact in enumerate(facts, start=1):
            yield EventLineRow(
                conversation_id=event.conversation_id,
                message_id=event.message_id,
                event_index=event.event_index,
                line_number=line_number,
                content=fact,
                text_key=text_key(fact),
            )
