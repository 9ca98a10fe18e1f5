"""What the Claude samples say: their conversations, the calls in them, and the texts of memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from support.samples import CLAUDE_FOLDERS, JsonObject, load

NO_PARENT = "00000000-0000-4000-8000-000000000000"
NO_NAME = "(no name)"
"""How the samples' page calls a conversation whose name is empty."""

_HEADING = re.compile(r"^(?:#+ (?P<mark>.+)|\*{1,2}(?P<star>[^*]+)\*{1,2})$", re.MULTILINE)


class Call(NamedTuple):
    """A call of a tool and its result, with the message that holds both."""

    conversation: JsonObject
    message: JsonObject
    use: JsonObject
    result: JsonObject

    @property
    def answer(self) -> str:
        """What the tool said."""
        return str(self.result["content"][0]["text"])


def conversation_elements(folder: Path) -> list[JsonObject]:
    """Return everything that stands where conversations should, the damaged record too."""
    return [element for path in sorted(folder.rglob("conversations.json")) for element in load(path)]


def chats(folder: Path) -> dict[str, JsonObject]:
    """Return the readable conversations of an export by id."""
    return {element["uuid"]: element for element in conversation_elements(folder) if "uuid" in element}


def shown_name(conversation: JsonObject) -> str:
    """Return a conversation's name as the samples' page writes it."""
    return conversation["name"] or NO_NAME


def newest_chats() -> dict[str, JsonObject]:
    """Return every conversation of all exports by the name it has in the newest of them."""
    newest: dict[str, JsonObject] = {}
    for folder in CLAUDE_FOLDERS:
        newest.update(chats(folder))
    return {shown_name(conversation): conversation for conversation in newest.values()}


def blocks(conversation: JsonObject, kind: str) -> list[JsonObject]:
    """Return the blocks of a type in all messages of a conversation."""
    return [block for message in conversation["chat_messages"] for block in message["content"] if block["type"] == kind]


def tool_calls(conversation: JsonObject, name: str = "memory_user_edits") -> Iterator[Call]:
    """Yield the calls of a tool, each with the result that names it."""
    results = {block["tool_use_id"]: block for block in blocks(conversation, "tool_result")}
    for message in conversation["chat_messages"]:
        for block in message["content"]:
            if block["type"] == "tool_use" and block["name"] == name:
                yield Call(conversation, message, block, results[block["id"]])


def memory_calls(folder: Path) -> list[Call]:
    """Return the calls of the memory tool in an export, in order of time."""
    calls = [call for conversation in chats(folder).values() for call in tool_calls(conversation)]
    return sorted(calls, key=lambda call: str(call.use["start_timestamp"]))


def active_ids(conversation: JsonObject) -> set[str]:
    """Return the messages from the last one up to the first, by their parents."""
    parents = {message["uuid"]: message["parent_message_uuid"] for message in conversation["chat_messages"]}
    message_id = conversation["chat_messages"][-1]["uuid"]
    path = set()
    while message_id != NO_PARENT:
        path.add(message_id)
        message_id = parents[message_id]
    return path


def own_words(conversation: JsonObject) -> list[tuple[str, str]]:
    """Return what the person wrote or attached, each with its time."""
    return [
        (message["created_at"], text)
        for message in conversation["chat_messages"]
        if message["sender"] == "human"
        for text in [message["text"], *(block["text"] for block in message["content"] if block["type"] == "text")]
    ]


def memory_record(folder: Path) -> JsonObject:
    """Return the one record of prose memory in an export, of either layout."""
    if (folder / "memories.json").exists():
        (record,) = load(folder / "memories.json")
    else:
        (path,) = folder.glob("memories-*/memories/*.json")
        record = load(path)
    return dict(record)


def account_prose(folder: Path) -> str:
    """Return the text about the person."""
    return str(memory_record(folder)["conversations_memory"])


def project_prose(folder: Path) -> str | None:
    """Return the text about the one project that has any; `None` where the layout has no place for it."""
    texts = memory_record(folder).get("project_memories")
    return None if texts is None else str(*texts.values())


def file_lines(folder: Path) -> list[str] | None:
    """Return the lines of the memory files without headings; `None` where the layout has none."""
    files = memory_record(folder).get("memory_files")
    if files is None:
        return None
    return [line for file in files for line in without_headings(file["content"]).splitlines() if line.strip()]


def without_headings(text: str) -> str:
    """Return a text of memory without the lines that are headings."""
    return _HEADING.sub("", text)


def heading_above(text: str, statement: str) -> str:
    """Return the last heading before a statement."""
    *_, found = _HEADING.finditer(text, 0, text.index(statement))
    return found["mark"] or found["star"]
