"""The messages of one conversation as rows: blocks become text, links become a tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from memlake.model import AttachmentRow, MessageRow
from memlake.parsing.ids import unique_ids
from memlake.parsing.tree import Links, active_path, read_tree
from memlake.parsing.values import JsonObject, id_or_none, is_object, list_or_empty, text_or_none
from memlake.providers.claude.attachments import carried_files
from memlake.providers.claude.blocks import Said, blocks_of, is_voice, said_by, without_placeholders
from memlake.times import time_us

_ROLES = {"human": "user"}
_BETWEEN_PARTS = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A conversation in reading order: each row beside its blocks and the person's or the assistant's own words.

    `own_words` leave out what is attached, thought, or exchanged with tools.
    """

    conversation_id: str
    is_branched: bool
    rows: list[MessageRow]
    blocks: list[list[JsonObject]]
    own_words: list[str]
    attachments: list[AttachmentRow]


class _Content(NamedTuple):
    text: str
    spoken_text: str | None
    own_words: str
    is_voice: bool
    attachments: list[AttachmentRow]


def read_thread(record: JsonObject, conversation_id: str) -> Thread:
    """Turn every entry of `chat_messages` that is not null into one row, empty ones too.

    A message without an id, or with one that an earlier message bears, is known by its place. Without any links the
    messages follow one another as in the file.
    """
    messages = _messages_by_id(list_or_empty(record.get("chat_messages")), conversation_id)
    is_branched = any("parent_message_uuid" in message for message in messages.values())
    links = _links(messages, is_branched=is_branched)
    times_us = {message_id: time_us(message.get("created_at")) for message_id, message in messages.items()}
    tree = read_tree(links, times_us)
    active = active_path(tree, links, id_or_none(record.get("current_leaf_message_uuid")))
    blocks = {message_id: blocks_of(messages[message_id].get("content")) for message_id in tree.keys}
    contents = {
        message_id: _content(messages[message_id], found, conversation_id, message_id)
        for message_id, found in blocks.items()
    }
    return Thread(
        conversation_id=conversation_id,
        is_branched=is_branched,
        rows=[
            _row(
                messages[message_id],
                content,
                position=position,
                message_id=message_id,
                parent_id=tree.parents[message_id],
                created_at_us=times_us[message_id],
                is_on_active_path=message_id in active,
            )
            for position, (message_id, content) in enumerate(contents.items())
        ],
        blocks=list(blocks.values()),
        own_words=[content.own_words for content in contents.values()],
        attachments=[row for content in contents.values() for row in content.attachments],
    )


def _messages_by_id(entries: list[object], conversation_id: str) -> dict[str, JsonObject]:
    messages = [value if is_object(value) else {"content": value} for value in entries if value is not None]
    spares = [f"{conversation_id}#{number}" for number in range(1, len(messages) + 1)]
    return dict(zip(unique_ids([message.get("uuid") for message in messages], spares), messages, strict=True))


def _links(messages: dict[str, JsonObject], *, is_branched: bool) -> Links:
    """Return each message's parent; the nil UUID above a first message is nobody's id, and so leads nowhere."""
    if is_branched:
        return {message_id: id_or_none(message.get("parent_message_uuid")) for message_id, message in messages.items()}
    return dict(zip(messages, [None, *messages], strict=False))


def _content(message: JsonObject, blocks: list[JsonObject], conversation_id: str, message_id: str) -> _Content:
    parts = [said for block in blocks if (said := said_by(block))]
    own_words = [part.text for part in parts if part.is_words]
    text = message.get("text")
    if not own_words and isinstance(text, str) and without_placeholders(text).strip():
        own_words = [text]
        parts.insert(0, Said(text))
    carried = carried_files(message, conversation_id, message_id)
    parts += [Said(file.text) for file in carried]
    is_all_spoken = all(part.is_spoken for part in parts)
    return _Content(
        text=_BETWEEN_PARTS.join([part.text for part in parts]),
        spoken_text=None if is_all_spoken else _BETWEEN_PARTS.join([part.text for part in parts if part.is_spoken]),
        own_words=_BETWEEN_PARTS.join(own_words),
        is_voice=any(map(is_voice, blocks)),
        attachments=[file.row for file in carried],
    )


def _row(
    message: JsonObject,
    content: _Content,
    *,
    position: int,
    message_id: str,
    parent_id: str | None,
    created_at_us: int | None,
    is_on_active_path: bool,
) -> MessageRow:
    return MessageRow(
        position=position,
        message_id=message_id,
        parent_id=parent_id,
        role=_role(message),
        author_name=None,
        recipient=None,
        content_type="text" if content.text else "empty",
        text=content.text,
        created_at_us=created_at_us,
        is_on_active_path=is_on_active_path,
        is_hidden=False,
        is_voice=content.is_voice,
        model=text_or_none(message.get("model")),
        status=None,
        spoken_text=content.spoken_text,
    )


def _role(message: JsonObject) -> str | None:
    sender = text_or_none(message.get("sender")) or text_or_none(message.get("role"))
    return None if sender is None else _ROLES.get(sender.lower(), sender.lower())
