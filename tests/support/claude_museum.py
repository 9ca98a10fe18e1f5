"""The museum of Claude's oddities: one export with everything that is wrong, or feared to be wrong, with its records.

Each exhibit stands between sound neighbours, as in `support.museum`, whose exhibits these are.
"""

from __future__ import annotations

import json
from pathlib import Path

from support.claude import NO_PARENT, Json, assistant, conversation, human, text
from support.museum import DEEP, ODD_IDS, ODD_TEXTS, Exhibit, MessageFacts
from support.zips import write_zip

OWNER = "account-1"
_USUAL: tuple[MessageFacts, ...] = (("m1", None, "user", "ask"), ("m2", "m1", "assistant", "answer"))


def exhibits() -> list[Exhibit]:
    """Return what is shown, in order of the file."""
    return [
        *(Exhibit(name=name, record=record, reason=reason) for name, record, reason in _REJECTED),
        *(_odd_text(name, spelled, shown) for name, spelled, shown in ODD_TEXTS),
        *(_odd_id(name, conversation_id) for name, conversation_id in ODD_IDS),
        *(_odd_head(name, keys) for name, keys in _ODD_HEADS),
        *(_odd_first(name, changes, first) for name, changes, first in _ODD_FIRSTS),
        *(_odd_list(name, messages, facts) for name, messages, facts in _ODD_LISTS),
    ]


def museum(folder: Path) -> Path:
    """Write the export, with memory, users and projects as odd as its conversations."""
    records = [_sound("first"), *(exhibit.record for exhibit in exhibits()), _sound("last"), _sound("first")]
    return write_zip(
        folder / "claude-museum-2026-03-06.zip",
        {
            "conversations.json": b"\xef\xbb\xbf[\n" + b",\n".join(records) + b"]",
            "memories.json": _lines(_MEMORIES),
            "users.json": _lines([{"uuid": OWNER, "full_name": 5, "email_address": ["a"]}, 7, {"uuid": None}]),
            "projects.json": _lines(_PROJECTS),
        },
    )


STATEMENTS = ["Noa bakes.", "Noa paints.", "Noa sings.", "Noa swims."]
"""What the memory of the museum says, between what cannot be read."""


def usual(conversation_id: object, **keys: object) -> Json:
    """Return a conversation of two messages that belongs to the museum's owner."""
    return conversation(conversation_id, human("ask"), assistant("answer"), account={"uuid": OWNER}) | keys


def _lines(records: list[object]) -> bytes:
    return json.dumps(records).encode()


def _sound(conversation_id: str) -> bytes:
    return json.dumps(usual(conversation_id)).encode()


def _shown(name: str, record: Json, *facts: MessageFacts) -> Exhibit:
    title = f"About {name}"
    return Exhibit(
        name=name, record=json.dumps(record).encode(), conversation_id=name, title=title, messages=facts or _USUAL
    )


def _odd_text(name: str, spelled: bytes, shown: str) -> Exhibit:
    record = json.dumps(usual(name, name="TITLE")).encode().replace(b"TITLE", spelled)
    return Exhibit(name=name, record=record, conversation_id=name, title=shown, messages=_USUAL)


def _odd_id(name: str, conversation_id: str) -> Exhibit:
    record = json.dumps(usual(conversation_id, name=name)).encode()
    return Exhibit(name=name, record=record, conversation_id=conversation_id, title=name, messages=_USUAL)


def _odd_head(name: str, keys: Json) -> Exhibit:
    return _shown(name, usual(name, **keys))


def _odd_first(name: str, changes: Json, first: MessageFacts) -> Exhibit:
    second = _USUAL[1]
    parent_id = first[0] if first[0] == "m1" else None
    record = conversation(name, human("ask") | changes, assistant("answer"), account={"uuid": OWNER})
    return _shown(name, record, first, (second[0], parent_id, *second[2:]))


def _odd_list(name: str, messages: list[object], facts: tuple[MessageFacts, ...]) -> Exhibit:
    exhibit = _shown(name, usual(name, chat_messages=messages))
    return Exhibit(
        name=name,
        record=exhibit.record,
        conversation_id=name,
        title=exhibit.title,
        messages=facts,
    )


def _message(message_id: object, parent_id: object, words: str = "ask") -> Json:
    return human(words, uuid=message_id, parent_message_uuid=parent_id)


_REJECTED = (
    ("a number", b"7", "not an object"),
    ("null", b"null", "not an object"),
    ("a list", b"[]", "not an object"),
    ("no id", b'{"chat_messages": []}', "conversation without an id"),
    ("an empty id", b'{"uuid": "", "chat_messages": []}', "conversation without an id"),
    ("messages an object", b'{"uuid": "x", "chat_messages": {"0": {}}}', "its messages are not in a list"),
    ("messages null", b'{"uuid": "x", "chat_messages": null}', "its messages are not in a list"),
    ("no messages at all", b'{"uuid": "x", "name": "x"}', "its messages are not in a list"),
    ("deep lists", b"[" * DEEP + b"]" * DEEP, "nested too deeply"),
    (
        "deep blocks",
        b'{"uuid": "x", "chat_messages": [' + b'{"content":[' * DEEP + b"]}" * DEEP + b"]}",
        "nested too deeply",
    ),
    ("a comma too much", b'{"uuid": "x",}', "not valid JSON (trailing comma is not allowed)"),
)
_ODD_HEADS: tuple[tuple[str, Json], ...] = (
    ("times null", {"created_at": None, "updated_at": None}),
    ("times NaN", {"created_at": float("nan"), "updated_at": float("-inf")}),
    ("times of no kind", {"created_at": {}, "updated_at": "soon"}),
    ("account null", {"account": None}),
    ("account a list", {"account": [1]}),
    ("leaf unknown", {"current_leaf_message_uuid": "m99"}),
    ("project of no kind", {"project": 5, "project_uuid": []}),
    ("unknown field", {"surprise": {"deep": [1]}}),
)
_ODD_FIRSTS: tuple[tuple[str, Json, MessageFacts], ...] = (
    ("content null", {"content": None}, ("m1", None, "user", "")),
    ("content null beside a text", {"content": None, "text": "said"}, ("m1", None, "user", "said")),
    ("content a text", {"content": "bare"}, ("m1", None, "user", "bare")),
    ("content an object", {"content": text("alone")}, ("m1", None, "user", "alone")),
    ("content mixed", {"content": [None, 1, text("said"), [text("x")], "bare"]}, ("m1", None, "user", "said\n\nbare")),
    ("text of no kind", {"text": {"a": 1}}, ("m1", None, "user", "ask")),
    ("a block without a type", {"content": [{"text": "plain"}]}, ("m1", None, "user", "plain")),
    ("a block of a new type", {"content": [{"type": "hologram", "text": "s"}]}, ("m1", None, "user", "[hologram]\ns")),
    ("text with a NUL", {"content": [text("a\0b")]}, ("m1", None, "user", "a\0b")),
    ("sender null", {"sender": None}, ("m1", None, None, "ask")),
    ("sender of no kind", {"sender": [1]}, ("m1", None, None, "ask")),
    ("files of no kind", {"files": 5, "attachments": {"a": 1}}, ("m1", None, "user", "ask")),
    ("attachments mixed", {"attachments": [None, 5, "x", {}]}, ("m1", None, "user", "ask\n\n[attachment]")),
    ("parent of no kind", {"parent_message_uuid": [1]}, ("m1", None, "user", "ask")),
    ("parent nowhere", {"parent_message_uuid": "m99"}, ("m1", None, "user", "ask")),
    ("its own parent", {"parent_message_uuid": "m1"}, ("m1", None, "user", "ask")),
    ("a circle", {"parent_message_uuid": "m2"}, ("m1", None, "user", "ask")),
)
_ODD_LISTS: tuple[tuple[str, list[object], tuple[MessageFacts, ...]], ...] = (
    ("no messages", [], ()),
    ("only null", [None, None], ()),
    ("bare words", ["hi", None], (("bare words#1", None, None, "hi"),)),
    (
        "ids twice",
        [_message("m1", NO_PARENT), _message("m1", "m1", "again")],
        (("m1", None, "user", "ask"), ("ids twice#2", "m1", "user", "again")),
    ),
    (
        "ids of no kind",
        [_message(None, NO_PARENT), _message([1], None, "b")],
        (("ids of no kind#1", None, "user", "ask"), ("ids of no kind#2", None, "user", "b")),
    ),
)
_MEMORIES: list[object] = [
    {"account_uuid": OWNER, "conversations_memory": STATEMENTS[0], "project_memories": None, "surprise": 1},
    7,
    {"conversations_memory": 5, "project_memories": 5, "memory_files": 5},
    {"account_uuid": OWNER, "conversations_memory": ["x"], "project_memories": {"p1": 5, "p2": STATEMENTS[1]}},
    {
        "account_uuid": OWNER,
        "memory_files": [None, 5, {"path": "/a.md"}, {"path": "/b.md", "content": STATEMENTS[2], "updated_at": "soon"}],
        "project_memories": [None, {"uuid": "p3", "content": STATEMENTS[3]}, {"uuid": "p4"}],
    },
]
_PROJECTS: list[object] = [
    {"uuid": "p1", "name": 5, "prompt_template": [], "docs": {"a": 1}},
    {"uuid": "p2", "name": "b", "docs": [None, 7, {}, {"uuid": "d", "content": 5}]},
    {"name": "no id", "docs": []},
    7,
]
