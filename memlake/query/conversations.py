"""One conversation as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from memlake.lake import sqlfiles
from memlake.lake.connection import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationHead:
    """What is known about a conversation as a whole."""

    account_key: str
    conversation_id: str
    title: str | None
    url: str | None
    created_at: datetime | None
    updated_at: datetime | None
    message_count: int
    project_id: str | None
    model: str | None
    memory_scope: str | None
    is_do_not_remember: bool | None
    is_archived: bool | None
    is_vanished: bool | None
    has_tool_layer: bool
    first_seen_at: datetime | None
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message in reading order; `action` is what recorded memory calls in it did, several with commas.

    `spoken_text` is the text without calls, results and thoughts, where some of it is of that kind.
    """

    message_id: str
    position: int
    role: str | None
    author_name: str | None
    recipient: str | None
    content_type: str | None
    text: str
    spoken_text: str | None
    created_at: datetime | None
    is_on_active_path: bool
    is_hidden: bool | None
    is_voice: bool
    action: str | None

    @property
    def is_shown_in_chat(self) -> bool:
        """Tell whether the user saw something of it in the chat."""
        is_call = self.action is not None and self.spoken_text is None
        return self.is_on_active_path and not self.is_hidden and self.chat_text != "" and not is_call

    @property
    def chat_text(self) -> str:
        """What of the text the user saw in the chat."""
        return self.text if self.spoken_text is None else self.spoken_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationCard:
    """A conversation with all its turns, of every branch."""

    conversation: ConversationHead
    turns: tuple[Turn, ...]


def conversation_head(database: Database, account_key: str, conversation_id: str) -> ConversationHead:
    """Return what is known about one conversation as a whole, by its exact id."""
    key: dict[str, object] = {"account_key": account_key, "conversation_id": conversation_id}
    return ConversationHead(**database.query(sqlfiles.report("one_conversation"), key).as_dicts()[0])


def conversation_card(database: Database, account_key: str, conversation_id: str) -> ConversationCard:
    """Return one conversation with its turns, by its exact id."""
    key: dict[str, object] = {"account_key": account_key, "conversation_id": conversation_id}
    turns = database.query(sqlfiles.report("conversation_messages"), key).as_dicts()
    return ConversationCard(
        conversation=conversation_head(database, account_key, conversation_id),
        turns=tuple(Turn(**row) for row in turns),
    )
