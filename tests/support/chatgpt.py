"""Synthetic ChatGPT conversations for tests: readable turns in, JSON objects as exports hold them out.

    conversation("c1", user("remember that I play the cello"), *bio_call("User plays the cello."), assistant("Noted."))

Turns follow one another unless one names its `parent`. Node keys are `n1`, `n2` … below the root `n0`, message ids
are the same; times count up by ten seconds from `START`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TypeVar

from memlake.jsontext import JsonBytes
from memlake.model import Parsed, Row
from memlake.providers.chatgpt import parse

RowT = TypeVar("RowT", bound=Row)

START = 1_735_732_800.0
"""2025-01-01 12:00:00 UTC, when the first conversation begins."""

START_US = 1_735_732_800_000_000

Json = dict[str, object]

_SLIM_MESSAGE_KEYS = ("id", "author", "create_time", "content", "metadata")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message; `None` for `parent` is the turn before it, `at` counts seconds from `START`."""

    role: str
    content: object
    name: str | None = None
    recipient: str | None = "all"
    metadata: object = field(default_factory=dict)
    at: float | None = -1
    key: str | None = None
    parent: str | None = None
    more: Json = field(default_factory=dict)

    def under(self, parent: str) -> Turn:
        """Return this turn as an answer to the node with another key: a branch."""
        return replace(self, parent=parent)

    def saying(self, **more: object) -> Turn:
        """Return this turn with other values of its message's own keys."""
        return replace(self, more=self.more | more)


def text_content(*parts: object) -> Json:
    """Return the content of a plain text message."""
    return {"content_type": "text", "parts": list(parts)}


def user(text: str, **metadata: object) -> Turn:
    """Return what the person says."""
    return Turn(role="user", content=text_content(text), metadata=metadata)


def assistant(text: str, **metadata: object) -> Turn:
    """Return a visible answer."""
    return Turn(role="assistant", content=text_content(text), metadata={"model_slug": "gpt-4o", **metadata})


def message(role: str, content: object, **metadata: object) -> Turn:
    """Return a message with any content."""
    return Turn(role=role, content=content, metadata=metadata)


def bio_call(text: str, *, has_reply: bool = True) -> list[Turn]:
    """Return a call of the memory tool and the tool's reply."""
    call = Turn(role="assistant", content=text_content(text), recipient="bio", metadata={"model_slug": "gpt-4o"})
    reply = Turn(role="tool", name="bio", content=text_content("Model set context updated."), recipient="assistant")
    return [call, reply] if has_reply else [call]


def numbered(*turns: Turn) -> list[Turn]:
    """Return turns that keep their ids and times when a dialect or an earlier export leaves some of them out."""
    return [
        replace(turn, key=turn.key or f"n{number}", at=10.0 * number if turn.at == -1 else turn.at)
        for number, turn in enumerate(turns, start=1)
    ]


def conversation(conversation_id: str, *turns: Turn, dialect: str = "classic", **keys: object) -> Json:
    """Return a conversation; in the slim dialect tool and system messages are gone, like `children` and more."""
    is_slim = dialect == "slim"
    kept = [turn for turn in turns if not is_slim or turn.role in ("user", "assistant")]
    root: Json = {"id": "n0", "message": None, "parent": None, "children": []}
    mapping = {"n0": root}
    last = "n0"
    for number, turn in enumerate(kept, start=1):
        key = turn.key or f"n{number}"
        mapping[key] = {
            "id": key,
            "message": _message(key, number, turn, is_slim=is_slim),
            "parent": turn.parent or last,
        }
        last = key
    for key, node in mapping.items():
        if is_slim:
            node.pop("children", None)
        else:
            node["children"] = [child for child, other in mapping.items() if other["parent"] == key]
    head: Json = {
        "title": f"About {conversation_id}",
        "create_time": START,
        "update_time": START + 10 * len(kept),
        "current_node": last,
        "conversation_id": conversation_id,
        "id": conversation_id,
        "default_model_slug": "gpt-4o",
    }
    own: Json = {"pinned_time": None, "is_read_only": None} if is_slim else {"gizmo_id": None, "moderation_results": []}
    return head | own | {"mapping": mapping} | keys


def as_bytes(record: object) -> bytes:
    """Return a record as an export holds it."""
    return json.dumps(record).encode()


def nodes(record: Json) -> dict[str, Json]:
    """Return the mapping of a synthetic conversation, to be changed."""
    mapping = record["mapping"]
    assert isinstance(mapping, dict)
    return mapping


def parsed(record: object) -> Parsed:
    """Parse a conversation that can be parsed."""
    outcome = parse("conversations", JsonBytes(as_bytes(record)))
    assert isinstance(outcome, Parsed)
    return outcome


def parsed_rows(record: object, row_type: type[RowT]) -> list[RowT]:
    """Return the rows of one kind that a conversation gives."""
    return [row for found in parsed(record).rows.values() for row in found if isinstance(row, row_type)]


def _message(key: str, number: int, turn: Turn, *, is_slim: bool) -> Json:
    at = 10.0 * number if turn.at == -1 else turn.at
    whole: Json = {
        "id": key,
        "author": {"role": turn.role, "name": turn.name, "metadata": {}},
        "create_time": None if at is None else START + at,
        "update_time": None,
        "content": turn.content,
        "status": "finished_successfully",
        "end_turn": True,
        "weight": 1.0,
        "metadata": turn.metadata,
        "recipient": turn.recipient,
        "channel": None,
    }
    return {name: value for name, value in whole.items() if not is_slim or name in _SLIM_MESSAGE_KEYS} | turn.more
