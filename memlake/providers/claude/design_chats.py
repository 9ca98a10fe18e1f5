"""Design chats, and whatever else keeps its messages under `messages`, put into the shape of conversations.

Their messages have a `role`, and a `content` that wraps text, blocks and attachments once more.
Source: PDP-Connect's connectors, and public viewers of split exports.
"""

from __future__ import annotations

from memlake.parsing.values import JsonObject, is_object, list_or_empty, object_or_empty, text_or_none


def as_conversation(record: JsonObject, messages: list[object]) -> JsonObject:
    """Return a design chat as a conversation."""
    authors = (object_or_empty(object_or_empty(message).get("content")) for message in messages)
    author = next((found for each in authors if (found := text_or_none(each.get("authorAccountUuid")))), None)
    return {
        "name": record.get("title"),
        "account": {"uuid": author},
        **record,
        "chat_messages": [_as_message(message) for message in messages],
    }


def _as_message(message: object) -> object:
    content = message.get("content") if is_object(message) else None
    if not is_object(message) or not is_object(content):
        return message
    inner = content.get("content")
    blocks = [_as_block(block) for block in list_or_empty(content.get("contentBlocks"))]
    return {
        "text": inner if isinstance(inner, str) else None,
        "attachments": [_as_attachment(file) for file in list_or_empty(content.get("attachments"))],
        **message,
        "created_at": message.get("created_at") or content.get("timestamp"),
        "content": blocks or list_or_empty(inner),
    }


def _as_block(block: object) -> object:
    if not is_object(block):
        return block
    if block.get("type") == "tool_call":
        call = object_or_empty(block.get("toolCall"))
        return {"type": "tool_use", "name": call.get("name"), "input": call.get("input")}
    return block


def _as_attachment(file: object) -> object:
    return {"extracted_content": file.get("content"), **file} if is_object(file) else file
