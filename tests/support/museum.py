"""The museum: one export with every oddity of records that exports are known, or feared, to have.

Each exhibit stands between sound neighbours. What a lake has to show afterwards stands beside it: the rows of its
messages as (message_id, parent_id, role, text), or the reason why it is rejected.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from support.chatgpt import Json, assistant, conversation, nodes, text_content, user
from support.hostile import STEERING
from support.zips import write_zip

MessageFacts = tuple[str, str | None, str | None, str]

LONG_ID = "i" * 10_240
_BOM = b"\xef\xbb\xbf"
_USUAL: tuple[MessageFacts, ...] = (("n1", None, "user", "ask"), ("n2", "n1", "assistant", "answer"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One record: its bytes, and either the conversation that it becomes or the reason why it is none."""

    name: str
    record: bytes
    conversation_id: str | None = None
    title: str | None = None
    messages: tuple[MessageFacts, ...] = _USUAL
    reason: str | None = None


def exhibits() -> list[Exhibit]:
    """Return what is shown, in order of the file."""
    return [
        *(_rejected(name, record, reason) for name, record, reason in _REJECTED),
        *(_odd_text(name, spelled, title) for name, spelled, title in ODD_TEXTS),
        *(_odd_id(name, conversation_id) for name, conversation_id in ODD_IDS),
        *(_odd_head(name, keys) for name, keys in _ODD_HEADS),
        *(_without_messages(name, mapping) for name, mapping in _EMPTY_MAPPINGS),
        *(_odd_message(name, changes, first) for name, changes, first in _ODD_MESSAGES),
        *(_odd_parent(name, parent) for name, parent in (("circle", "n2"), ("self", "n1"), ("nowhere", "n99"))),
    ]


def museum(folder: Path) -> Path:
    """Write the export: two shards, the second with a BOM, a repeated record and a sound last one."""
    first = [_sound("first"), *(exhibit.record for exhibit in exhibits()), _sound("last")]
    second = [_sound("first"), _sound("beside")]
    return write_zip(
        folder / "museum-2026-02-03.zip",
        {
            "conversations-000.json": _array(first),
            "conversations-001.json": _BOM + _array(second),
            "memory.json": b"[]",
        },
    )


def _array(records: list[bytes]) -> bytes:
    return b"[\n" + b",\n".join(records) + b"]"


def _usual(conversation_id: str, **keys: object) -> Json:
    return conversation(conversation_id, user("ask"), assistant("answer")) | keys


def _sound(conversation_id: str) -> bytes:
    return json.dumps(_usual(conversation_id)).encode()


def _rejected(name: str, record: bytes, reason: str) -> Exhibit:
    return Exhibit(name=name, record=record, reason=reason)


def _odd_text(name: str, spelled: bytes, title: str) -> Exhibit:
    record = json.dumps(_usual(name, title="TITLE")).encode().replace(b"TITLE", spelled)
    return Exhibit(name=name, record=record, conversation_id=name, title=title)


def _odd_id(name: str, conversation_id: str) -> Exhibit:
    record = json.dumps(_usual(conversation_id, title=name)).encode()
    return Exhibit(name=name, record=record, conversation_id=conversation_id, title=name)


def _odd_head(name: str, keys: Json) -> Exhibit:
    record = json.dumps(_usual(name, **keys)).encode()
    return Exhibit(name=name, record=record, conversation_id=name, title=f"About {name}")


def _without_messages(name: str, mapping: object) -> Exhibit:
    record = json.dumps(_usual(name, mapping=mapping)).encode()
    return Exhibit(name=name, record=record, conversation_id=name, title=f"About {name}", messages=())


def _odd_message(name: str, changes: Json, first: MessageFacts) -> Exhibit:
    changed = _usual(name)
    message = nodes(changed)["n1"]["message"]
    assert isinstance(message, dict)
    message.update(changes)
    second_id = "n2~" if first[0] == "n2" else "n2"  # the key of its node, made unlike the id that is taken
    expected = (first, (second_id, first[0], "assistant", "answer"))
    record = json.dumps(changed).encode()
    return Exhibit(name=name, record=record, conversation_id=name, title=f"About {name}", messages=expected)


def _odd_parent(name: str, parent: str) -> Exhibit:
    changed = _usual(name)
    nodes(changed)["n1"]["parent"] = parent
    return Exhibit(
        name=name, record=json.dumps(changed).encode(), conversation_id=name, title=f"About {name}", messages=_USUAL
    )


DEEP = 10_000
_REJECTED = (
    ("a number", b"7", "not an object"),
    ("null", b"null", "not an object"),
    ("a list", b"[]", "not an object"),
    ("no id", b'{"title": "x", "mapping": {}}', "conversation without an id"),
    ("an empty id", b'{"id": "", "mapping": {}}', "conversation without an id"),
    ("deep lists", b"[" * DEEP + b"]" * DEEP, "nested too deeply"),
    ("deep objects", b'{"id": "x", "mapping": ' + b'{"a":' * DEEP + b"1" + b"}" * DEEP + b"}", "nested too deeply"),
    ("a comma too much", b'{"id": "x",}', "not valid JSON (trailing comma is not allowed)"),
)
ODD_TEXTS = (
    ("escaped controls", b"a\\u0000b\\u0001\\u001b", "a\0b\x01\x1b"),
    ("raw controls", b"a\x00b\x01\x1b", "a\0b\x01\x1b"),
    ("lone surrogates", b"\\ud83d and \\udc00", "\ufffd and \ufffd"),
    ("a pair of surrogates", b"\\ud83d\\ude00", "\U0001f600"),
    ("no UTF-8", b"\xff\xfe", "\ufffd\ufffd"),
    ("steering", json.dumps(STEERING).encode()[1:-1], STEERING),
)
ODD_IDS = (
    ("an id of 10 kB", LONG_ID),
    ("an id with slashes", "../a/b"),
    ("an id with a NUL", "a\0b"),
    ("an id with quotes", "x'; drop table memories; --\""),
)
_ODD_HEADS: tuple[tuple[str, Json], ...] = (
    ("times null", {"create_time": None, "update_time": None}),
    ("times zero", {"create_time": 0, "update_time": 0}),
    ("times NaN", {"create_time": float("nan"), "update_time": float("-inf")}),
    ("times of no kind", {"create_time": {}, "update_time": "soon"}),
    ("no current node", {"current_node": None}),
    ("current node unknown", {"current_node": "n99"}),
    ("current node of no kind", {"current_node": [1]}),
    ("unknown field", {"surprise": {"deep": [1]}}),
)
_EMPTY_MAPPINGS: tuple[tuple[str, object], ...] = (
    ("mapping null", None),
    ("mapping empty", {}),
    ("only a root", {"n0": {"id": "n0", "message": None, "parent": None}}),
)
_ODD_MESSAGES: tuple[tuple[str, Json, MessageFacts], ...] = (
    ("content null", {"content": None}, ("n1", None, "user", "")),
    ("content a text", {"content": "bare"}, ("n1", None, "user", "bare")),
    ("parts null", {"content": {"content_type": "text", "parts": None}}, ("n1", None, "user", "")),
    ("parts mixed", {"content": text_content(None, 1, "said", [["x"]])}, ("n1", None, "user", "said")),
    ("content type new", {"content": {"content_type": "hologram", "text": "seen"}}, ("n1", None, "user", "seen")),
    ("text with a NUL", {"content": text_content("a\0b")}, ("n1", None, "user", "a\0b")),
    ("author null", {"author": None}, ("n1", None, None, "ask")),
    ("metadata a list", {"metadata": [1]}, ("n1", None, "user", "ask")),
    ("id a number", {"id": 5}, ("5", None, "user", "ask")),
    ("ids twice", {"id": "n2"}, ("n2", None, "user", "ask")),
)
