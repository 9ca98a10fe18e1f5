"""The README of the sample exports tells the truth about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from support.samples import (
    AUGUST,
    CHATGPT_FOLDERS,
    CLASSIC_FOLDERS,
    JANUARY,
    OCTOBER,
    SEPTEMBER,
    JsonObject,
    active_path,
    called_texts,
    conversations,
    listed,
    load,
    messages,
    readme_table,
    strings,
)

from memlake.text import normalise


def first_telling(title: str) -> JsonObject:
    """Return the conversation of this title from the first export that holds it."""
    return next(
        conversation
        for folder in CHATGPT_FOLDERS
        for conversation in conversations(folder).values()
        if conversation["title"] == title
    )


def any_message(test: Callable[[JsonObject], bool]) -> Callable[[JsonObject], bool]:
    """Make a test of a conversation out of a test of one message."""
    return lambda conversation: any(test(message) for message in messages(conversation))


def has_content(content_type: str) -> Callable[[JsonObject], bool]:
    """Make a test for a conversation that holds content of a type."""
    return any_message(lambda message: message["content"]["content_type"] == content_type)


def is_voice(message: JsonObject) -> bool:
    """Tell whether a message was spoken."""
    return message.get("metadata", {}).get("voice_mode_message") is True


def has_siblings(role: str) -> Callable[[JsonObject], bool]:
    """Make a test for a conversation in which this role has two messages below one parent."""

    def test(conversation: JsonObject) -> bool:
        nodes = [node for node in conversation["mapping"].values() if node["message"]]
        parents = [node["parent"] for node in nodes if node["message"]["author"]["role"] == role]
        return len(parents) > len(set(parents))

    return test


def saves_on_abandoned_branch(conversation: JsonObject) -> bool:
    """Tell whether a memory call stands off the active path."""
    on_path = {node["id"] for node in active_path(conversation)}
    return any(message["recipient"] == "bio" and message["id"] not in on_path for message in messages(conversation))


def says(role: str, words: str) -> Callable[[JsonObject], bool]:
    """Make a test for a conversation in which this role uses these words."""
    return any_message(lambda message: message["author"]["role"] == role and words in "\n".join(strings(message)))


ODDITIES: dict[str, Callable[[JsonObject], bool]] = {
    "ids in upper case": lambda it: it["id"].isupper() and all(node_id.isupper() for node_id in it["mapping"]),
    "custom instructions in a system message without text (2023)": any_message(
        lambda it: it["author"]["role"] == "system" and "user_context_message_data" in it["metadata"]
    ),
    "a visible message without a time": any_message(
        lambda it: it["create_time"] is None and it["author"]["role"] == "user" and strings(it) != [""]
    ),
    "null among the parts of a text": any_message(
        lambda it: it["content"]["content_type"] == "text" and None in it["content"]["parts"]
    ),
    "a memory that Noa asked for": says("user", "Please remember that I prefer concise answers without bullet points."),
    "an image, and null among the parts": any_message(
        lambda it: None in it["content"].get("parts", []) and "attachments" in it["metadata"]
    ),
    "a regenerated answer, with a saved memory on the abandoned branch": saves_on_abandoned_branch,
    "a saved memory in Portuguese": lambda it: called_texts(it)[0].startswith("Noa está a treinar"),
    "the vanished conversation": lambda it: it["id"] in conversations(SEPTEMBER).keys() - conversations(JANUARY).keys(),
    "one call with three lines": lambda it: [text.count("\n") for text in called_texts(it)] == [2],
    "a web search with a citation mark in the answer": says("assistant", "\ue200cite\ue202turn0search0\ue201"),
    "an uploaded PDF and a quotation from it": has_content("tether_quote"),
    "thoughts and the note how long they took": lambda it: (
        has_content("thoughts")(it) and has_content("reasoning_recap")(it)
    ),
    "code, its output, and an edited question": lambda it: (
        has_content("execution_output")(it) and has_siblings("user")(it)
    ),
    'a memory call that says "ignore"': lambda it: called_texts(it) == ["ignore"],
    "a root called client-created-root": lambda it: it["mapping"]["client-created-root"]["message"] is None,
    "voice turns": any_message(is_voice),
    "a voice turn that saves a memory": lambda it: any_message(is_voice)(it) and len(called_texts(it)) == 1,
    'a "Forget …" call': lambda it: called_texts(it)[0].startswith("Forget that Noa está a treinar"),
    "a hidden system message about rebasing": any_message(lambda it: "rebase_developer_message" in it["metadata"]),
    "how full the memory is, as a share": any_message(lambda it: "memory_percentage_used" in it["metadata"]),
    '"remember that" without a recorded call, in English': says("user", "Please remember that I go bouldering"),
    "the same in Portuguese": says("user", "Lembra-te de que o Miso não pode comer uvas"),
    "a regenerated answer in the slim dialect": lambda it: has_siblings("assistant")(it) and "pinned_time" in it,
}


def test_readme_counts_what_the_exports_hold() -> None:
    """The README's table of exports says how much is in each of them."""
    counted = [
        {
            "folder": folder.name,
            "dialect": "classic" if folder in CLASSIC_FOLDERS else "slim",
            "conversations": str(len(conversations(folder))),
            "messages": str(sum(len(messages(conversation)) for conversation in conversations(folder).values())),
            "listed memories": _count_listed(folder, off_only=False),
            "of these off": _count_listed(folder, off_only=True),
            "memory tool calls": str(sum(len(called_texts(it)) for it in conversations(folder).values())),
        }
        for folder in CHATGPT_FOLDERS
    ]

    assert readme_table("folder") == counted


def _count_listed(folder: Path, *, off_only: bool) -> str:
    if not (folder / "memory.json").exists():
        return "no list"
    return str(sum(not (off_only and memory["enabled"]) for memory in listed(folder).values()))


def test_readme_follows_each_memory_through_the_exports() -> None:
    """The README's table of memories agrees with the lists: ids, newest texts, and on, off or gone."""
    rows = readme_table("id")
    before, after = listed(SEPTEMBER), listed(JANUARY)

    assert [row["id"] for row in rows] == list(before | after)
    for row in rows:
        known = (before | after)[row["id"]]
        assert row["memory"] == known["content"]
        assert row["2025-09-30"] == _state(before.get(row["id"]), missing="not yet")
        assert row["2026-01-12"] == _state(after.get(row["id"]), missing="gone")
        assert (row["2026-08-03"], row["2026-10-20"]) == ("no list", "empty")


def _state(memory: JsonObject | None, *, missing: str) -> str:
    if memory is None:
        return missing
    return "on" if memory["enabled"] else "off"


def test_readme_names_the_conversation_that_saved_each_memory() -> None:
    """A memory's origin is the first conversation that saved its first known text; three have none."""
    saved_in = {
        normalise(line): conversation["title"]
        for folder in (JANUARY, SEPTEMBER)
        for conversation in conversations(folder).values()
        for text in called_texts(conversation)
        for line in text.splitlines()
    }
    first_texts = {
        memory_id: memory["content"].replace(" and carries an antihistamine", "")
        for memory_id, memory in (listed(JANUARY) | listed(SEPTEMBER)).items()
    }
    origins = {row["id"]: row["came from"] for row in readme_table("id")}

    assert origins == {memory_id: saved_in.get(normalise(text), "no call") for memory_id, text in first_texts.items()}
    assert list(origins.values()).count("no call") == 3


def test_each_saved_line_is_listed_unless_the_readme_says_otherwise() -> None:
    """Of the lines that were ever saved, only the contract's and the first words on hazelnuts are in no list."""
    contents = {normalise(memory["content"]) for folder in CLASSIC_FOLDERS for memory in listed(folder).values()}
    saved_lines = {
        line
        for folder in CLASSIC_FOLDERS
        for conversation in conversations(folder).values()
        for text in called_texts(conversation)
        if text != "ignore" and not text.startswith("Forget ")
        for line in text.splitlines()
    }

    assert {line for line in saved_lines if normalise(line) not in contents} == {
        "User is allergic to hazelnuts.",
        "User's rental contract in Porto has a notice period of 60 days.",
    }


def test_new_memories_carry_the_time_of_the_call_that_saved_them() -> None:
    """A memory that has a call with its text was created within ten seconds after it."""
    call_times = {
        line: message["create_time"]
        for conversation in [*conversations(JANUARY).values(), *conversations(SEPTEMBER).values()]
        for message in messages(conversation)
        if message["recipient"] == "bio"
        for line in strings(message)[0].splitlines()
    }
    delays = [
        datetime.fromisoformat(memory["created_at"]).timestamp() - call_times[memory["content"]]
        for memory in (listed(JANUARY) | listed(SEPTEMBER)).values()
        if memory["content"] in call_times
    ]

    assert len(delays) == 13
    assert all(0 <= delay < 10 for delay in delays)


def test_lists_change_as_the_story_tells() -> None:
    """Between September and January three memories come, two go, one is edited and one switched off."""
    before, after = listed(SEPTEMBER), listed(JANUARY)
    kept = before.keys() & after.keys()
    edited = [(before[it]["content"], after[it]["content"]) for it in kept if _differs(before, after, it, "content")]
    switched = [(after[it]["content"], after[it]["enabled"]) for it in kept if _differs(before, after, it, "enabled")]

    assert len(after.keys() - before.keys()) == 3
    assert len(before.keys() - after.keys()) == 2
    assert edited == [
        ("User has a dog called Miso, a four-year-old beagle.", "User has a dog called Miso, a five-year-old beagle.")
    ]
    assert switched == [("Prefers concise answers without bullet points.", False)]
    assert load(OCTOBER / "memory.json") == []
    assert not (AUGUST / "memory.json").exists()


def _differs(before: dict[str, JsonObject], after: dict[str, JsonObject], key: str, field: str) -> bool:
    return bool(before[key][field] != after[key][field])


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (SEPTEMBER, JANUARY, {"new": 6, "vanished": 1, "continued": 2, "renamed": 1, "archived": 1}),
        (JANUARY, AUGUST, {"new": 4, "vanished": 0, "continued": 1, "renamed": 0, "archived": 0}),
        (AUGUST, OCTOBER, {"new": 2, "vanished": 0, "continued": 1, "renamed": 1, "archived": 1}),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else "",
)
def test_conversations_change_as_the_story_tells(before: Path, after: Path, changes: dict[str, int]) -> None:
    """From one export to the next, conversations come, go, grow and change as the README counts them."""
    old, new = conversations(before), conversations(after)
    kept = old.keys() & new.keys()

    assert changes == {
        "new": len(new.keys() - old.keys()),
        "vanished": len(old.keys() - new.keys()),
        "continued": sum(_differs(old, new, it, "update_time") for it in kept),
        "renamed": sum(_differs(old, new, it, "title") for it in kept),
        "archived": sum(_differs(old, new, it, "is_archived") for it in kept),
    }


def test_custom_instructions_change_three_times() -> None:
    """Ordered by conversation, the custom instructions have four versions, one after the other."""
    by_start = sorted(conversations(JANUARY).values(), key=lambda it: float(it["create_time"]))
    seen = [
        message["metadata"]["user_context_message_data"]["about_user_message"]
        for conversation in by_start
        for message in messages(conversation)
        if "user_context_message_data" in message["metadata"]
    ]
    versions = list(dict.fromkeys(seen))

    assert seen == sorted(seen, key=versions.index)
    assert [text.split(".")[0] for text in versions] == [
        "I live in Porto and write software",
        "I'm Noa, a backend developer in Porto",
        "I'm Noa, a backend developer",
        "I'm Noa, a backend engineer at Quai Neuf in Lyon",
    ]


@pytest.mark.parametrize("row", readme_table("what"), ids=lambda row: row["what"])
def test_each_oddity_is_where_the_readme_says(row: dict[str, str]) -> None:
    """The conversation named in the table shows what the table says."""
    assert ODDITIES[row["what"]](first_telling(row["where"]))


def test_readme_lists_every_oddity_that_is_checked() -> None:
    """No oddity is checked in silence."""
    assert {row["what"] for row in readme_table("what")} == ODDITIES.keys()
