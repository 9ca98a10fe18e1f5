"""Conversations, design chats and reflections turned into all the rows they can give."""

from __future__ import annotations

from memlake.model import (
    AttachmentRow,
    ConversationRow,
    FieldShape,
    Ignored,
    MessageRow,
    Parsed,
    Reject,
    Row,
)
from memlake.parsing.attachments import merged_attachments
from memlake.parsing.ids import address
from memlake.parsing.values import (
    JsonObject,
    bool_or_none,
    id_or_none,
    is_object,
    list_or_empty,
    object_or_empty,
    text_or_none,
)
from memlake.providers.claude.blocks import block_type
from memlake.providers.claude.design_chats import as_conversation
from memlake.providers.claude.edits import memory_edits
from memlake.providers.claude.thread import Thread, read_thread
from memlake.times import time_us


def read_conversation(record: JsonObject) -> Parsed | Reject:
    """Turn one conversation into its row, its messages and the traces of memory in it."""
    if not isinstance(record.get("chat_messages"), list):
        return Reject("its messages are not in a list")
    return _parsed(record, kind="chat", shapes=_shapes(record, list_or_empty(record.get("chat_messages"))))


def read_design_chat(record: JsonObject) -> Parsed | Reject:
    """Turn one design chat into a conversation of its own kind."""
    messages = record.get("messages")
    if not isinstance(messages, list):
        return Reject("its messages are not in a list")
    return _parsed(as_conversation(record, messages), kind="design", shapes=_design_shapes(record, messages))


def read_reflection(record: JsonObject) -> Parsed | Ignored | Reject:
    """Turn what holds messages into a conversation of its own kind; nobody has described reflections further."""
    messages = next(
        (found for key in ("messages", "chat_messages") if isinstance(found := record.get(key), list)), None
    )
    if messages is None or id_or_none(record.get("uuid")) is None:
        return Ignored("a reflection without messages")
    shapes = frozenset({("reflection", tuple(record))})
    return _parsed(as_conversation(record, messages), kind="reflection", shapes=shapes)


def _parsed(record: JsonObject, *, kind: str, shapes: frozenset[FieldShape]) -> Parsed | Reject:
    conversation_id = id_or_none(record.get("uuid"))
    if conversation_id is None:
        return Reject("conversation without an id")
    thread = read_thread(record, conversation_id)
    rows: dict[type[Row], list[Row]] = {
        ConversationRow: [_conversation_row(record, thread, kind)],
        MessageRow: list[Row](thread.rows),
        AttachmentRow: list[Row](merged_attachments(thread.attachments)),
    }
    for row in memory_edits(thread):
        rows.setdefault(type(row), []).append(row)
    return Parsed(rows={row_type: found for row_type, found in rows.items() if found}, shapes=shapes)


def _conversation_row(record: JsonObject, thread: Thread, kind: str) -> ConversationRow:
    created_at_us = time_us(record.get("created_at"))
    updated_at_us = time_us(record.get("updated_at"))
    messages = list_or_empty(record.get("chat_messages"))
    message_times = [time_us(message.get("updated_at")) for message in messages if is_object(message)]
    times_us = [created_at_us, updated_at_us, *message_times, *[row.created_at_us for row in thread.rows]]
    project_id = id_or_none(record.get("project_uuid")) or id_or_none(
        object_or_empty(record.get("project")).get("uuid")
    )
    return ConversationRow(
        conversation_id=thread.conversation_id,
        title=text_or_none(record.get("name")),
        created_at_us=created_at_us,
        updated_at_us=updated_at_us,
        newest_at_us=max(filter(None, times_us), default=None),
        project_id=project_id,
        gizmo_id=None,
        model=text_or_none(record.get("model")),
        url=address("https://claude.ai/chat/", thread.conversation_id) if kind == "chat" else None,
        memory_scope=None,
        is_archived=None,
        is_starred=bool_or_none(record.get("is_starred")),
        is_do_not_remember=None,
        is_voice=True in [row.is_voice for row in thread.rows],
        has_tool_layer=True,
        dialect="branched" if thread.is_branched else "linear",
        kind=kind,
        user_id=id_or_none(object_or_empty(record.get("account")).get("uuid")),
    )


def _shapes(record: JsonObject, messages: list[object]) -> frozenset[FieldShape]:
    """Collect which keys occur where, over the whole conversation."""
    found = [message for message in messages if is_object(message)]
    blocks = [block for message in found for block in _objects(message.get("content"))]
    keys_by_place = {
        "conversation": set(record),
        "message": set().union(*found),
        "attachment": set().union(*(file for message in found for file in _objects(message.get("attachments")))),
        "file": set().union(*(file for message in found for file in _objects(message.get("files")))),
    }
    for block in blocks:
        if kind := block_type(block):
            keys_by_place.setdefault(f"block:{kind}", set()).update(block)
    return _frozen(keys_by_place)


def _design_shapes(record: JsonObject, messages: list[object]) -> frozenset[FieldShape]:
    found = [message for message in messages if is_object(message)]
    contents = [content for message in found if is_object(content := message.get("content"))]
    return _frozen(
        {
            "design_chat": set(record),
            "design_chat.message": set().union(*found),
            "design_chat.content": set().union(*contents),
        }
    )


def _objects(value: object) -> list[JsonObject]:
    return [item for item in list_or_empty(value) if is_object(item)]


def _frozen(keys_by_place: dict[str, set[str]]) -> frozenset[FieldShape]:
    return frozenset((place, tuple(sorted(keys))) for place, keys in keys_by_place.items() if keys)
