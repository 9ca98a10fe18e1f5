"""The frozen rows that cross from providers to the lake.

A row class names its table and its columns: `lake.landing` needs nothing else to store it. Rows are
named tuples because a conversation yields dozens of them, and tuples turn into columns fastest.
Times are microseconds since 1970 in UTC (suffix `_us`) and become `timestamptz` columns without the
suffix; an unknown time is `None`. Ids are verbatim.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

ALL_MEMORIES = "*"
"""What a call to forget everything names, in the place of one text's key."""


class ConversationRow(NamedTuple):
    """One conversation as one record told it."""

    conversation_id: str
    title: str | None
    created_at_us: int | None
    updated_at_us: int | None
    newest_at_us: int | None  # newest time anywhere in the record: a lower bound of the export's date
    project_id: str | None
    gizmo_id: str | None
    model: str | None
    url: str | None
    memory_scope: str | None
    is_archived: bool | None
    is_starred: bool | None
    is_do_not_remember: bool | None
    is_voice: bool | None
    has_tool_layer: bool  # False: the dialect cannot show tool calls, so their absence says nothing
    dialect: str
    kind: str = "chat"  # design, reflection: of other products, which an export may leave out
    user_id: str | None = None  # whose it is, where the record says so


class MessageRow(NamedTuple):
    """One message of a conversation; `position` counts from 0 in reading order, parents first."""

    position: int
    message_id: str
    parent_id: str | None
    role: str | None
    author_name: str | None
    recipient: str | None
    content_type: str | None
    text: str
    created_at_us: int | None
    is_on_active_path: bool
    is_hidden: bool | None
    is_voice: bool
    model: str | None
    status: str | None
    spoken_text: str | None = None  # without calls, results and thoughts in it; None: all of `text` is spoken


class EventRow(NamedTuple):
    """One recorded call of an assistant's memory tool, never split.

    `text_key` is that of `content`, and of a forget that of what is to be forgotten, without "Forget that"; it is
    `ALL_MEMORIES` if that is all of them, and `None` if nothing is named.
    """

    conversation_id: str
    message_id: str
    event_index: int
    action: str  # save, forget, replace, noop, list
    content: str | None
    text_key: str | None
    occurred_at_us: int | None
    is_acknowledged: bool | None  # the tool's reply is there; None where replies are not exported
    prompt_message_id: str | None  # the user's message that it follows; None if there is none
    is_requested: bool | None  # that message asks to remember (a forget: to forget); None: nobody looked
    line_number: int | None = None  # from 1: the line of the assistant's list of edits that it changes
    is_list_edit: bool = False  # its lines are those of one list, which calls change one after the other
    capacity_used: float | None = None  # how full the memory is afterwards, 0 to 1, as the tool's reply says


class EventLineRow(NamedTuple):
    """One line of a save that holds several; only there when the call has more than one line."""

    conversation_id: str
    message_id: str
    event_index: int
    line_number: int  # from 1
    content: str
    text_key: str


class MemoryRow(NamedTuple):
    """One memory as one list, snapshot, text or heuristic showed it."""

    channel: str  # memory_file, list_snapshot, html, dump, prose, likely
    memory_id: str | None  # the provider's id, verbatim; None where the source has none
    text_key: str  # text.text_key(content)
    content: str
    enabled: bool | None
    created_at_us: int | None
    created_at_basis: str | None  # provider, stated (a day), stated_month, stated_year
    updated_at_us: int | None
    position: int  # from 0 inside its list
    conversation_id: str | None  # where a snapshot or a likely save stands
    message_id: str | None
    seen_at_us: int | None  # when a snapshot inside a conversation, or a list that says so, was taken
    scope: str | None = None  # of a statement: the text that it stands in, as `ProseRow.scope`
    section: str | None = None  # the headings above it, from the outermost on, joined by " / "


class ProseRow(NamedTuple):
    """One text of prose memory, whole; its statements are memories of channel `prose`."""

    scope: str  # account, project:<id>, file:<path>
    text: str
    updated_at_us: int | None
    statement_count: int


class ListRow(NamedTuple):
    """A memory list inside a conversation, as it stood then; there even when it was empty."""

    conversation_id: str
    message_id: str
    seen_at_us: int | None
    memory_count: int


class InstructionRow(NamedTuple):
    """Custom instructions as one conversation carried them."""

    conversation_id: str
    message_id: str
    seen_at_us: int | None
    about_user: str | None
    about_model: str | None


class AttachmentRow(NamedTuple):
    """A file that a message carries; the file itself stays in the export."""

    conversation_id: str
    message_id: str
    attachment_id: str
    name: str | None
    mime_type: str | None
    size_bytes: int | None
    kind: str  # file, image, audio, video


class ProjectRow(NamedTuple):
    """A project as the provider describes it."""

    project_id: str
    name: str | None
    description: str | None
    instructions: str | None
    is_private: bool | None
    created_at_us: int | None
    updated_at_us: int | None


class ProjectDocRow(NamedTuple):
    """A document that a project gives to every conversation in it."""

    project_id: str
    doc_id: str
    name: str | None
    text: str
    created_at_us: int | None


class UserRow(NamedTuple):
    """The account an export belongs to."""

    user_id: str
    email: str | None


class FeedbackRow(NamedTuple):
    """A thumb up or down."""

    conversation_id: str | None
    message_id: str
    rating: str | None
    content: str | None
    created_at_us: int | None


class SharedLinkRow(NamedTuple):
    """A conversation that was shared by link."""

    share_id: str
    conversation_id: str | None
    title: str | None
    is_anonymous: bool | None


class FileNameRow(NamedTuple):
    """The real name of an attachment that the export stores under an opaque one."""

    stored_name: str
    name: str
    mime_type: str | None
    size_bytes: int | None


class UnreadRow(NamedTuple):
    """What of a record could not be read, while the rest of it was; one row tells all of it."""

    reason: str  # never quotes private text
    excerpt: str


class ExpectedFileRow(NamedTuple):
    """A file that a delivery's own manifest promises."""

    name: str
    entity: str | None


Row = (
    ConversationRow
    | MessageRow
    | EventRow
    | EventLineRow
    | MemoryRow
    | ProseRow
    | ListRow
    | InstructionRow
    | AttachmentRow
    | ProjectRow
    | ProjectDocRow
    | UserRow
    | FeedbackRow
    | SharedLinkRow
    | FileNameRow
    | ExpectedFileRow
    | UnreadRow
)

RAW_TABLES: dict[type[Row], str] = {
    ConversationRow: "conversations",
    MessageRow: "messages",
    EventRow: "events",
    EventLineRow: "event_lines",
    MemoryRow: "memories",
    ProseRow: "prose",
    ListRow: "lists",
    InstructionRow: "instructions",
    AttachmentRow: "attachments",
    ProjectRow: "projects",
    ProjectDocRow: "project_docs",
    UserRow: "users",
    FeedbackRow: "feedback",
    SharedLinkRow: "shared_links",
    FileNameRow: "file_names",
    ExpectedFileRow: "expected_files",
    UnreadRow: "unread_parts",
}

FieldShape = tuple[str, tuple[str, ...]]
"""Where a JSON object stands (`message`, `message.metadata`) and the keys it has there."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one record says. `shapes` feed the report on new and vanished fields."""

    rows: dict[type[Row], list[Row]] = field(default_factory=dict)
    shapes: frozenset[FieldShape] = frozenset()


@dataclass(frozen=True, slots=True)
class Ignored:
    """A record that carries nothing for the lake, by a named rule."""

    rule: str


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not be read, and why; the reason never quotes private text."""

    reason: str
