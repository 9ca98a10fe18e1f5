"""The smaller files of an export: account, feedback, shared links, file names, manifest."""

from __future__ import annotations

from memlake.model import ExpectedFileRow, FeedbackRow, FileNameRow, Parsed, Reject, Row, SharedLinkRow, UserRow
from memlake.parsing.records import parsed
from memlake.parsing.values import (
    JsonObject,
    bool_or_none,
    count_or_none,
    first_text,
    id_or_none,
    list_or_empty,
    object_or_empty,
    text_or_none,
)
from memlake.providers.chatgpt.files import entity_of_file
from memlake.times import time_us


def read_account(record: JsonObject) -> Parsed | Reject:
    """Read `user.json`."""
    user_id = id_or_none(record.get("id"))
    if user_id is None:
        return Reject("account without an id")
    return parsed("account", record, [UserRow(user_id=user_id, email=text_or_none(record.get("email")))])


def read_feedback(record: JsonObject) -> Parsed | Reject:
    """Read one element of `message_feedback.json`; its id is the message's (in the oldest ones, `message_id`)."""
    message_id = id_or_none(record.get("id")) or id_or_none(record.get("message_id"))
    if message_id is None:
        return Reject("feedback without a message's id")
    row = FeedbackRow(
        conversation_id=id_or_none(record.get("conversation_id")),
        message_id=message_id,
        rating=text_or_none(record.get("rating")),
        content=text_or_none(record.get("content")),
        created_at_us=time_us(record.get("create_time")),
    )
    return parsed("feedback", record, [row])


def read_shared_link(record: JsonObject) -> Parsed | Reject:
    """Read one element of `shared_conversations.json`."""
    share_id = id_or_none(record.get("id"))
    if share_id is None:
        return Reject("shared link without an id")
    row = SharedLinkRow(
        share_id=share_id,
        conversation_id=id_or_none(record.get("conversation_id")),
        title=text_or_none(record.get("title")),
        is_anonymous=bool_or_none(record.get("is_anonymous")),
    )
    return parsed("shared_link", record, [row])


def read_file_names(record: JsonObject) -> Parsed | Reject:
    """Read one element of `library_files.json`, or the flat object from stored names to real ones."""
    if "file_id" in record:
        return _read_library_file(record)
    names = [
        FileNameRow(stored_name=stored_name, name=name, mime_type=None, size_bytes=None)
        for stored_name, value in record.items()
        if (name := text_or_none(value))
    ]
    return Parsed(rows={FileNameRow: list[Row](names)})


def read_manifest(record: JsonObject) -> Parsed | Reject:
    """Read `export_manifest.json`: the physical files that hold each logical one.

    A logical file that lists none is its own. Files of no entity (pictures, say) are not expected.
    """
    expected: dict[str, str] = {}
    for logical_name, description in object_or_empty(record.get("logical_files")).items():
        entity = entity_of_file(logical_name)
        listed = list_or_empty(object_or_empty(description).get("files"))
        for name in [name for file in listed if (name := _listed_name(file))] or [logical_name]:
            if found := entity or entity_of_file(name):
                expected.setdefault(name, found)
    rows = [ExpectedFileRow(name=name, entity=entity) for name, entity in expected.items()]
    return Parsed(rows={ExpectedFileRow: list[Row](rows)}, shapes=frozenset({("manifest", tuple(record))}))


def _listed_name(file: object) -> str | None:
    return text_or_none(file) or first_text(object_or_empty(file), ("path", "name", "filename"))


def _read_library_file(record: JsonObject) -> Parsed | Reject:
    file_id = id_or_none(record.get("file_id"))
    name = text_or_none(record.get("file_name"))
    if file_id is None or name is None:
        return Reject("library file without an id or a name")
    row = FileNameRow(
        stored_name=file_id,
        name=name,
        mime_type=text_or_none(record.get("mime_type")),
        size_bytes=count_or_none(record.get("file_size_bytes")),
    )
    return parsed("library_file", record, [row])
