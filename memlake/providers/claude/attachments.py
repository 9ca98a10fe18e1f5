"""Files that messages carry: what stands for them in the text, and their rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from memlake.model import AttachmentRow
from memlake.parsing.attachments import merged_attachments
from memlake.parsing.values import JsonObject, count_or_none, first_text, id_or_none, is_object, list_or_empty
from memlake.providers.claude.blocks import IMAGE_MARK, attached_text, file_mark

_FILE_LISTS = ("files", "files_v2", "images")
_ALL_LISTS = ("attachments", *_FILE_LISTS)
_ID_KEYS = ("file_uuid", "uuid", "id")
_NAME_KEYS = ("file_name", "name")
_TYPE_KEYS = ("file_type", "mime_type", "file_kind")
_SIZE_KEYS = ("file_size", "size_bytes")
_MAJOR_TYPES = ("image", "audio", "video")
_IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".bmp", ".svg", ".tif", ".tiff")


class Carried(NamedTuple):
    """One file of a message, and what its text says of it."""

    row: AttachmentRow
    text: str


def carried_files(message: JsonObject, conversation_id: str, message_id: str) -> list[Carried]:
    """List a message's files, then its attached documents, which may be among the files under the same name."""
    if not any(message.get(key) for key in _ALL_LISTS):  # nearly always
        return []
    place = (conversation_id, message_id)
    files = {file.attachment_id: file for file in merged_attachments(_files(message, place))}
    by_name = {file.name: file for file in reversed(files.values()) if file.name is not None}
    documents: list[Carried] = []
    for index, value in enumerate(list_or_empty(message.get("attachments"))):
        if is_object(value):
            row = _row(value, place, spare_name="attachment", index=index)
            twin = by_name.pop(row.name, None) if row.name else None
            if twin is not None:
                del files[twin.attachment_id]
                (row,) = merged_attachments([row._replace(attachment_id=twin.attachment_id), twin])
            content = first_text(value, ("extracted_content",))
            documents.append(Carried(row, attached_text(row.name, content or "")))
    return [
        *(Carried(file, IMAGE_MARK if file.kind == "image" else file_mark(file.name)) for file in files.values()),
        *documents,
    ]


def _files(message: JsonObject, place: tuple[str, str]) -> Iterator[AttachmentRow]:
    for list_key in _FILE_LISTS:
        for index, value in enumerate(list_or_empty(message.get(list_key))):
            if is_object(value):
                row = _row(value, place, spare_name="file", index=index)
                yield row._replace(kind="image") if list_key == "images" else row


def _row(value: JsonObject, place: tuple[str, str], *, spare_name: str, index: int) -> AttachmentRow:
    """Make a file's row; one without an id is known by its name and its place among the files."""
    name = first_text(value, _NAME_KEYS)
    mime_type = first_text(value, _TYPE_KEYS)
    stated_id = next((found for key in _ID_KEYS if (found := id_or_none(value.get(key)))), None)
    return AttachmentRow(
        *place,
        attachment_id=stated_id or f"{name or spare_name}#{index}",
        name=name,
        mime_type=mime_type,
        size_bytes=next((size for key in _SIZE_KEYS if (size := count_or_none(value.get(key))) is not None), None),
        kind=_kind(name or "", mime_type or ""),
    )


def _kind(name: str, mime_type: str) -> str:
    major_type = mime_type.partition("/")[0].casefold()
    if major_type in _MAJOR_TYPES:
        return major_type
    return "image" if name.casefold().endswith(_IMAGE_SUFFIXES) else "file"
