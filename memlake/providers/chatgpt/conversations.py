"""One element of `conversations.json` (any dialect, any shard) turned into all the rows it can give."""

from __future__ import annotations

from collections import Counter

from memlake.model import AttachmentRow, ConversationRow, InstructionRow, MessageRow, Parsed, Reject, Row
from memlake.parsing.ids import address
from memlake.parsing.values import JsonObject, bool_or_none, id_or_none, text_or_none
from memlake.providers.chatgpt.attachments import attachments
from memlake.providers.chatgpt.bio import bio_calls
from memlake.providers.chatgpt.context import custom_instructions, list_snapshots
from memlake.providers.chatgpt.likely import likely_saves
from memlake.providers.chatgpt.thread import Thread, read_thread
from memlake.times import time_us

_GIZMO_KEYS = ("gizmo_id", "conversation_template_id")
_PROJECT_PREFIX = "g-p-"


def read_conversation(record: JsonObject) -> Parsed | Reject:
    """Turn one conversation into its row, its messages and the traces of memory in it."""
    conversation_id = id_or_none(record.get("conversation_id")) or id_or_none(record.get("id"))
    if conversation_id is None:
        return Reject("conversation without an id")
    if not isinstance(record.get("mapping"), dict | None):
        return Reject("its messages are not in an object")
    thread = read_thread(record, conversation_id)
    rows: dict[type[Row], list[Row]] = {
        ConversationRow: [_conversation_row(record, thread)],
        MessageRow: list[Row](thread.rows),
        AttachmentRow: list[Row](attachments(thread)),
        InstructionRow: list[Row](custom_instructions(thread)),
    }
    for row in (*bio_calls(thread), *list_snapshots(thread), *likely_saves(thread)):
        rows.setdefault(type(row), []).append(row)
    return Parsed(rows={row_type: found for row_type, found in rows.items() if found}, shapes=thread.shapes)


def _conversation_row(record: JsonObject, thread: Thread) -> ConversationRow:
    updated_at_us = time_us(record.get("update_time"))
    times_us = [thread.created_at_us, updated_at_us, *[row.created_at_us for row in thread.rows]]
    gizmo_ids = [gizmo_id for key in _GIZMO_KEYS if (gizmo_id := text_or_none(record.get(key)))]
    return ConversationRow(
        conversation_id=thread.conversation_id,
        title=text_or_none(record.get("title")),
        created_at_us=thread.created_at_us,
        updated_at_us=updated_at_us,
        newest_at_us=max(filter(None, times_us), default=None),
        project_id=next((gizmo_id for gizmo_id in gizmo_ids if gizmo_id.startswith(_PROJECT_PREFIX)), None),
        gizmo_id=next((gizmo_id for gizmo_id in gizmo_ids if not gizmo_id.startswith(_PROJECT_PREFIX)), None),
        model=text_or_none(record.get("default_model_slug")) or _most_frequent_model(thread),
        url=address("https://chatgpt.com/c/", thread.conversation_id),
        memory_scope=text_or_none(record.get("memory_scope")),
        is_archived=bool_or_none(record.get("is_archived")),
        is_starred=bool_or_none(record.get("is_starred")),
        is_do_not_remember=bool_or_none(record.get("is_do_not_remember")),
        is_voice=bool(record.get("voice")) or True in [row.is_voice for row in thread.rows],
        has_tool_layer=thread.has_tool_layer,
        dialect="classic" if thread.has_tool_layer else "slim",
    )


def _most_frequent_model(thread: Thread) -> str | None:
    counts = Counter(row.model for row in thread.rows if row.model is not None)
    return max(counts, key=counts.__getitem__, default=None)
