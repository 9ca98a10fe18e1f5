"""Files that messages carry: uploads in the metadata, images and recordings inside the content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from memlake.model import AttachmentRow
from memlake.parsing.attachments import merged_attachments
from memlake.parsing.values import (
    JsonObject,
    count_or_none,
    id_or_none,
    is_object,
    list_or_empty,
    text_or_none,
)
from memlake.providers.chatgpt.content import asset_kind, asset_pointers, may_carry_files
from memlake.providers.chatgpt.thread import Thread

_MIME_KINDS = ("image", "audio", "video")


def attachments(thread: Thread) -> list[AttachmentRow]:
    """List each file once per message, with what the metadata and the content say about it together."""
    return merged_attachments(_mentions(thread))


def _mentions(thread: Thread) -> Iterator[AttachmentRow]:
    for row, message, metadata in zip(thread.rows, thread.messages, thread.metadata, strict=True):
        has_pointers = may_carry_files(row.content_type)
        if not has_pointers and "attachments" not in metadata:
            continue
        uploads = list_or_empty(metadata.get("attachments"))
        pointers = asset_pointers(message.get("content")) if has_pointers else ()
        yield from _uploaded(uploads, thread.conversation_id, row.message_id)
        yield from _pointed_to(pointers, thread.conversation_id, row.message_id)


def _uploaded(uploads: Iterable[object], conversation_id: str, message_id: str) -> Iterator[AttachmentRow]:
    for upload in uploads:
        if is_object(upload) and (attachment_id := id_or_none(upload.get("id")) or text_or_none(upload.get("name"))):
            mime_type = text_or_none(upload.get("mime_type")) or text_or_none(upload.get("mimeType"))
            major_type = (mime_type or "").partition("/")[0]
            yield AttachmentRow(
                conversation_id=conversation_id,
                message_id=message_id,
                attachment_id=attachment_id,
                name=text_or_none(upload.get("name")),
                mime_type=mime_type,
                size_bytes=count_or_none(upload.get("size")),
                kind=major_type if major_type in _MIME_KINDS else "file",
            )


def _pointed_to(pointers: Iterable[JsonObject], conversation_id: str, message_id: str) -> Iterator[AttachmentRow]:
    for pointer in pointers:
        if attachment_id := str(pointer["asset_pointer"]).rpartition("://")[2]:
            yield AttachmentRow(
                conversation_id=conversation_id,
                message_id=message_id,
                attachment_id=attachment_id,
                name=None,
                mime_type=None,
                size_bytes=count_or_none(pointer.get("size_bytes")),
                kind=asset_kind(pointer),
            )
