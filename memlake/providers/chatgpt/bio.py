"""Calls of `bio`, the tool with which the assistant saves and forgets memories."""

from __future__ import annotations

import re
from collections.abc import Iterator

from memlake.jsontext import InvalidJsonError, decode_json
from memlake.model import ALL_MEMORIES, EventLineRow, EventRow, MessageRow
from memlake.parsing.asking import asks_to_forget, asks_to_remember
from memlake.parsing.values import is_object, share_or_none
from memlake.providers.chatgpt.thread import Thread, answered_turns
from memlake.text import text_key

_TOOL = "bio"
_CAPACITY = "memory_percentage_used"  # a share, whatever its name says
_FORGET = re.compile(
    r"\s*forget\b(?:\s+(?:the\s+)?(?:(?:saved|stored)\s+)?(?:memory|fact)\b)?(?:\s+(?:that|about)\b)?[\s:,]*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"'\u201c\u2018\u00ab](.+)[\"'\u201d\u2019\u00bb][.!]?", re.DOTALL)
_EVERYTHING = re.compile(
    r"""(?: everything | all
          | all(?:\s+of)? (?:\s+(?:my|your|the|user['\u2019]s|saved|stored|existing))* \s+memories )
    (?: \s+(?:you\s+)?(?:have\s+)?(?:saved|stored|know|remember) )?
    (?: \s+about\s+(?:me|(?:the\s+)?user) )? [.!]*""",
    re.IGNORECASE | re.VERBOSE,
)
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
    calls = [row for row in to_tools if _is_call(row, replies)]
    if not calls:
        return
    turns = answered_turns(thread.rows)
    rows = {row.message_id: row for row in thread.rows}
    for call in calls:
        turn_id = turns[call.message_id]
        event = _event(call, replies.get(call.message_id), thread, prompt=rows[turn_id] if turn_id else None)
        yield event
        if event.action == "save":
            yield from _lines(event)


def _is_call(row: MessageRow, replies: dict[str | None, MessageRow]) -> bool:
    if row.recipient is None:
        return row.role == "assistant" and row.message_id in replies
    return row.recipient == _TOOL or row.recipient.startswith(f"{_TOOL}.")


def _event(call: MessageRow, reply: MessageRow | None, thread: Thread, *, prompt: MessageRow | None) -> EventRow:
    content = _content(call.text)
    action = _action(content)
    occurred_at_us = call.created_at_us
    if occurred_at_us is None and reply is not None:
        occurred_at_us = reply.created_at_us
    asks = asks_to_forget if action == "forget" else asks_to_remember
    return EventRow(
        conversation_id=thread.conversation_id,
        message_id=call.message_id,
        event_index=0,
        action=action,
        content=content or None,
        text_key=_text_key(action, content),
        occurred_at_us=occurred_at_us,
        is_acknowledged=reply is not None if thread.has_tool_layer else None,
        prompt_message_id=None if prompt is None else prompt.message_id,
        is_requested=prompt is not None and asks(prompt.text),
        capacity_used=None if reply is None else share_or_none(thread.metadata[reply.position].get(_CAPACITY)),
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


def _text_key(action: str, content: str) -> str | None:
    if action == "forget":
        return _forgotten_key(_FORGET.sub("", content, count=1).strip())
    return text_key(content) if action == "save" else None


def _forgotten_key(named: str) -> str | None:
    if _EVERYTHING.fullmatch(named):
        return ALL_MEMORIES
    quoted = _QUOTED.fullmatch(named)
    text = quoted[1] if quoted else named
    return text_key(text) if any(character.isalnum() for character in text) else None


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
