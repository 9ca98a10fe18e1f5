"""Hidden messages that carry context: the memory list as the model saw it, and custom instructions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from memlake.model import InstructionRow, ListRow, MemoryRow
from memlake.parsing.memory_rows import memory_row, split_stated_date
from memlake.parsing.values import JsonObject, first_text, is_object, object_or_empty, text_or_none
from memlake.providers.chatgpt.thread import Thread

_NUMBERED = re.compile(r"\s*(\d{1,6})\.\s+(?=(\[\d{4}-\d{2}-\d{2}\])?)")
_FENCED = re.compile(r"```(.*)```", re.DOTALL)


def list_snapshots(thread: Thread) -> Iterator[ListRow | MemoryRow]:
    """Yield each memory list that was put before the model, as a list row and one row per entry.

    An empty list is a list of no entries; a missing one is none.
    """
    for row, message, time_us in zip(thread.rows, thread.messages, thread.times_us, strict=True):
        if row.content_type != "model_editable_context":
            continue
        listing = object_or_empty(message.get("content")).get("model_set_context")
        if not isinstance(listing, str):
            continue
        entries = list_entries(listing)
        yield ListRow(thread.conversation_id, row.message_id, time_us, len(entries))
        for position, entry in enumerate(entries):
            content, stated_at_us = split_stated_date(entry)
            yield memory_row(
                "list_snapshot",
                content,
                created_at_us=stated_at_us,
                position=position,
                conversation_id=thread.conversation_id,
                message_id=row.message_id,
                seen_at_us=time_us,
            )


def list_entries(listing: str) -> list[str]:
    """Split a numbered list with blank lines between its entries; an entry may have several lines.

    A number starts an entry only where it counts on, after a blank line or before a date, so that a list
    inside an entry stays a part of it. A text without any number has an entry per paragraph.
    """
    entries: list[list[str]] = []
    last_number = 0
    is_after_blank = True
    for line in listing.split("\n"):
        numbered = _NUMBERED.match(line)
        if numbered and int(numbered[1]) > last_number and (is_after_blank or numbered[2]):
            last_number = int(numbered[1])
            entries.append([line[numbered.end() :]])
        elif not entries or (is_after_blank and line.strip() and not last_number):
            entries.append([line])
        else:
            entries[-1].append(line)
        is_after_blank = not line.strip()
    joined = ("\n".join(lines).strip() for lines in entries)
    return [entry for entry in joined if entry]


def custom_instructions(thread: Thread) -> Iterator[InstructionRow]:
    """Yield the custom instructions that a conversation carries, without the words that wrap them."""
    for row, message, metadata in zip(thread.rows, thread.messages, thread.metadata, strict=True):
        is_context = row.content_type == "user_editable_context"
        if not is_context and "user_context_message_data" not in metadata:
            continue
        stated = metadata.get("user_context_message_data")
        content = object_or_empty(message.get("content")) if is_context else {}
        about_user = _instruction(stated, "about_user_message", content, "user_profile")
        about_model = _instruction(stated, "about_model_message", content, "user_instructions")
        if about_user or about_model:
            yield InstructionRow(thread.conversation_id, row.message_id, thread.created_at_us, about_user, about_model)


def _instruction(stated: object, stated_key: str, content: JsonObject, content_key: str) -> str | None:
    if is_object(stated) and (text := first_text(stated, (stated_key,))):
        return text
    wrapped = text_or_none(content.get(content_key))
    if wrapped is None:
        return None
    fenced = _FENCED.search(wrapped)
    return (fenced[1] if fenced else wrapped).strip() or None
