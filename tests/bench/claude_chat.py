"""One conversation of a Claude export: messages made of blocks, each linked to the one before.

A chat can be written out and then continued: what it says next does not change what it said before.
Sources: polylogue's schemas of real exports, PDP-Connect's connectors, and public transcripts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from random import Random

from account import JsonObject, random_uuid
from vocabulary import Prose, Vocabulary

BRANCH_SHARE = 0.06  # of the answers are regenerated

_UNNAMED_SHARE = 0.03
_BARE_SHARE = 0.2  # of the conversations leave `text` empty, so that only blocks tell what was said
_NOBODY = "00000000-0000-4000-8000-000000000000"  # the parent of a first message
_NOT_SHOWN = "```\nThis block is not supported on your current device yet.\n```"
_OF_TOOLS: JsonObject = {
    "message": None,
    "integration_name": None,
    "integration_icon_url": None,
    "icon_name": None,
    "display_content": None,
    "mcp_server_url": None,
}


class ClaudeChat:
    """A conversation that grows turn by turn, and becomes one record of `conversations.json`."""

    def __init__(self, vocabulary: Vocabulary, rng: Random, *, started_at: float, account_id: str) -> None:
        self.prose = Prose(vocabulary, rng)
        self.rng = rng
        self.now = started_at
        self.conversation_id = random_uuid(rng)
        self._account_id = account_id
        self._name = "" if rng.random() < _UNNAMED_SHARE else self.prose.title()
        self._has_texts = rng.random() >= _BARE_SHARE
        self._started_at = started_at
        self._messages: list[JsonObject] = []
        self._leaf = _NOBODY

    def ask(self, text: str, *, attachments: Iterable[JsonObject] = (), files: Iterable[JsonObject] = ()) -> None:
        """Add a question below the newest message."""
        self._add("human", [self.text_block(text)], attachments=[*attachments], files=[*files])

    def answer(self, blocks: list[JsonObject]) -> None:
        """Add an answer below the newest message."""
        self._add("assistant", blocks)

    def regenerate(self, blocks: list[JsonObject]) -> None:
        """Add a second answer beside the newest message; the conversation goes on from there."""
        parent = self._messages[-1]["parent_message_uuid"]
        assert isinstance(parent, str)
        self._leaf = parent
        self.answer(blocks)

    def text_block(self, text: str, citations: Iterable[JsonObject] = ()) -> JsonObject:
        """Return a block of text."""
        return self._block("text", text=text, citations=[*citations])

    def thinking_block(self, text: str, summaries: Iterable[str], signature: str | None) -> JsonObject:
        """Return what was thought before an answer."""
        return self._block(
            "thinking",
            thinking=text,
            summaries=[{"summary": summary} for summary in summaries],
            cut_off=False,
            truncated=False,
            signature=signature,
        )

    def tool_blocks(
        self,
        name: str,
        arguments: JsonObject,
        results: list[JsonObject],
        *,
        icon: str | None = None,
        integration: str | None = None,
        is_error: bool = False,
    ) -> list[JsonObject]:
        """Return the call of a tool and what it answered."""
        call_id = f"toolu_01{random_uuid(self.rng).replace('-', '')[:22]}"
        shown = {**_OF_TOOLS, "integration_name": integration, "icon_name": icon}
        about_call = {"context": None, "approval_options": None, "approval_key": None, "is_mcp_app": None}
        call = self._block("tool_use", id=call_id, name=name, input=arguments, **shown, **about_call)
        answered = {"content": results, "is_error": is_error, "structured_content": None, "meta": None}
        return [call, self._block("tool_result", tool_use_id=call_id, name=name, **answered, **shown)]

    def result_text(self, text: str) -> JsonObject:
        """Return one text that a tool answered."""
        return {"type": "text", "text": text, "uuid": random_uuid(self.rng)}

    def record(self) -> JsonObject:
        """Return the conversation as it stands now, with the keys of an export."""
        return {
            "uuid": self.conversation_id,
            "name": self._name,
            "summary": "",
            "created_at": iso_time(self._started_at),
            "updated_at": iso_time(self.now),
            "account": {"uuid": self._account_id},
            "chat_messages": self._messages,
        }

    def _block(self, kind: str, **told: object) -> JsonObject:
        started_at, self.now = self.now, self.now + self.rng.uniform(0.2, 20)
        times = {"start_timestamp": iso_time(started_at), "stop_timestamp": iso_time(self.now)}
        return {**times, "flags": None, "type": kind, **told}

    def _add(
        self,
        sender: str,
        blocks: list[JsonObject],
        *,
        attachments: list[JsonObject] | None = None,
        files: list[JsonObject] | None = None,
    ) -> None:
        message_id = random_uuid(self.rng)
        first_at = blocks[0]["start_timestamp"]
        message: JsonObject = {
            "uuid": message_id,
            "text": _text_of(blocks) if self._has_texts else "",
            "content": blocks,
            "sender": sender,
            "created_at": first_at,
            "updated_at": iso_time(self.now),
            "attachments": attachments or [],
            "files": files or [],
            "parent_message_uuid": self._leaf,
        }
        self._messages.append(message)
        self._leaf = message_id


def iso_time(seconds: float) -> str:
    """Return a time as an export writes it, with microseconds and a `Z`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _text_of(blocks: list[JsonObject]) -> str:
    """Return a message's `text`: that of its blocks again, with a remark in the place of each call."""
    pieces = [
        str(block["text"]) if block["type"] == "text" else _NOT_SHOWN
        for block in blocks
        if block["type"] in ("text", "tool_use")
    ]
    return "\n\n".join(pieces)
