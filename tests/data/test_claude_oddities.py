"""Each oddity of the Claude exports is where the samples' page says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.claude_samples import active_ids, blocks, chats, newest_chats, own_words, tool_calls
from support.samples import CLAUDE_JUNE, CLAUDE_OCTOBER, JsonObject, readme_table


def has_block(kind: str) -> Callable[[JsonObject], bool]:
    """Make a test for a conversation that holds a block of a type."""
    return lambda conversation: bool(blocks(conversation, kind))


def calls(*wanted: tuple[str, bool]) -> Callable[[JsonObject], bool]:
    """Make a test for a conversation whose memory calls end with these commands; true means an error."""

    def test(conversation: JsonObject) -> bool:
        found = [(call.use["input"]["command"], call.result["is_error"]) for call in tool_calls(conversation)]
        return found[-len(wanted) :] == list(wanted)

    return test


def uses(name: str) -> Callable[[JsonObject], bool]:
    """Make a test for a conversation that calls a tool."""
    return lambda conversation: any(True for _ in tool_calls(conversation, name))


def any_message(test: Callable[[JsonObject], bool]) -> Callable[[JsonObject], bool]:
    """Make a test of a conversation out of a test of one message."""
    return lambda conversation: any(test(message) for message in conversation["chat_messages"])


def is_lost(message: JsonObject) -> bool:
    """Tell whether nothing is left of a message."""
    return not (message["text"] or message["content"] or message["attachments"] or message["files"])


def has_siblings(sender: str) -> Callable[[JsonObject], bool]:
    """Make a test for a conversation in which a sender has two messages below one parent."""

    def test(conversation: JsonObject) -> bool:
        parents = [it["parent_message_uuid"] for it in conversation["chat_messages"] if it["sender"] == sender]
        return len(parents) > len(set(parents))

    return test


def saves_on_abandoned_branch(conversation: JsonObject) -> bool:
    """Tell whether a memory call stands off the active path."""
    on_path = active_ids(conversation)
    return any(call.message["uuid"] not in on_path for call in tool_calls(conversation))


def is_unasked(conversation: JsonObject) -> bool:
    """Tell whether the first memory call comes after a message that asks for nothing of the kind."""
    first = next(tool_calls(conversation))
    words = [text for time, text in own_words(conversation) if time <= first.message["created_at"]]
    return not any("memory" in text or "emember" in text for text in words)


def has_equal_times(conversation: JsonObject) -> bool:
    """Tell whether two messages have the same time."""
    times = [message["created_at"] for message in conversation["chat_messages"]]
    return len(set(times)) < len(times)


ODDITIES: dict[str, Callable[[JsonObject], bool]] = {
    "messages with a text and no blocks": lambda it: all(
        message["text"] and not message["content"] for message in it["chat_messages"]
    ),
    "a conversation with a summary": lambda it: bool(it["summary"]),
    "thoughts": has_block("thinking"),
    "a memory that Noa asked for in the middle of a message": lambda it: (
        calls(("add", False))(it)
        and "loaf for the first time, so I'm brave. Please remember that" in own_words(it)[0][1]
    ),
    "a call between two texts of one message": any_message(
        lambda message: [it["type"] for it in message["content"]] == ["text", "tool_use", "tool_result", "text"]
    ),
    "an empty name": lambda it: it["name"] == "",
    "three lost messages": lambda it: [is_lost(message) for message in it["chat_messages"]].count(True) == 3,
    "a memory that Claude saved by itself": is_unasked,
    "a web search with a citation": lambda it: (
        uses("web_search")(it) and any(b["citations"] for b in blocks(it, "text"))
    ),
    "a replaced edit": calls(("replace", False)),
    "the text of an attached PDF": any_message(
        lambda it: any(file["file_type"] == "pdf" and file["extracted_content"] for file in it["attachments"])
    ),
    "a picture that is only named": any_message(
        lambda it: any(file["file_name"].endswith(".jpg") for file in it["files"])
    ),
    "two messages of one time": has_equal_times,
    "an edit of memory in Portuguese": lambda it: next(tool_calls(it)).use["input"]["control"].startswith("A Noa quer"),
    "the vanished conversation": lambda it: it["uuid"] in chats(CLAUDE_JUNE).keys() - chats(CLAUDE_OCTOBER).keys(),
    "a list of three edits": lambda it: "\n3. " in next(tool_calls(it)).answer,
    "a search in past chats": uses("conversation_search"),
    "an edited question, with an edit of memory on the abandoned branch": lambda it: (
        has_siblings("human")(it) and saves_on_abandoned_branch(it)
    ),
    "a regenerated answer": has_siblings("assistant"),
    "a removed edit, and one that was not there": calls(("remove", False), ("remove", True)),
    "an edit that is too long": calls(("add", True)),
    "a look at recent chats": uses("recent_chats"),
    "blocks with an empty text beside them": lambda it: all(
        message["content"] and not message["text"] for message in it["chat_messages"]
    ),
}


@pytest.mark.parametrize("row", readme_table("what in Claude"), ids=lambda row: row["what in Claude"])
def test_each_oddity_of_claude_is_where_the_readme_says(row: dict[str, str]) -> None:
    """The conversation named in the table shows what the table says."""
    assert ODDITIES[row["what in Claude"]](newest_chats()[row["where"]])


def test_readme_lists_every_oddity_of_claude_that_is_checked() -> None:
    """No oddity is checked in silence."""
    assert {row["what in Claude"] for row in readme_table("what in Claude")} == ODDITIES.keys()
