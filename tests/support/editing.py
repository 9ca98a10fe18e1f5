"""Conversations in which an assistant edits its numbered list, and what a lake makes of the list."""

from __future__ import annotations

from pathlib import Path

from support.claude import Json, assistant, conversation, edit, human
from support.lakes import ask, lake_of
from support.prose import prose_export
from support.talks import assert_sound

OK = "Done."
TEA, COFFEE, CELLO, GOATS = "Drinks tea", "Drinks coffee", "Plays the cello", "Keeps goats"


def said(conversation_id: str, day: str, *messages: Json, **keys: object) -> Json:
    """Return a conversation at noon of a day, each message ten seconds after the one before."""
    timed = [
        {"created_at": f"{day}T12:{number // 6:02}:{10 * (number % 6):02}Z"} | each
        for number, each in enumerate(messages, start=1)
    ]
    return (
        conversation(conversation_id, *timed)
        | {"created_at": f"{day}T12:00:00Z", "updated_at": f"{day}T13:00:00Z"}
        | keys
    )


def add(text: str, answer: str = OK) -> list[Json]:
    """Return the blocks that append a line."""
    return edit("add", answer, control=text)


def replace(line: int, text: str, answer: str = OK) -> list[Json]:
    """Return the blocks that write another text into a line."""
    return edit("replace", answer, line_number=line, replacement=text)


def remove(line: int, answer: str = OK) -> list[Json]:
    """Return the blocks that take a line away."""
    return edit("remove", answer, line_number=line)


def view(*lines: str) -> list[Json]:
    """Return the blocks that show all lines."""
    listing = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
    return edit("view", f"Viewed memory edits:\n{listing}" if lines else "No memory edits found.")


def chat(conversation_id: str, day: str, *calls: list[Json], prompt: str = "Go on.", **keys: object) -> Json:
    """Return a conversation in which one prompt leads to some calls, each in a message of its own, from `m2` on."""
    return said(conversation_id, day, human(prompt), *(assistant(*call) for call in calls), **keys)


def told(folder: Path, *conversations: Json, name: str = "ida-2025-09-01") -> Path:
    """Write an export of some conversations, without any memory in it."""
    return prose_export(folder, name, None, conversations=conversations)


def lines_of(lake: Path) -> list[tuple[object, ...]]:
    """Return text, begin and end of every text that a line ever had; times are month and day of 2025."""
    return ask(
        lake,
        "select content, begun_by, strftime(valid_from, '%m-%d'), ended_by, strftime(valid_to, '%m-%d') "
        "from memory_edits order by entry_number, version_number",
    )


def standing(lake: Path) -> list[object]:
    """Return the texts that stand in the list now."""
    return [
        text for (text,) in ask(lake, "select content from memory_edits where valid_to is null order by entry_number")
    ]


def states(lake: Path) -> list[tuple[object, ...]]:
    """Return text, state, basis and the window of deletion of every memory."""
    return ask(
        lake,
        "select content, state, state_basis, strftime(deleted_after, '%m-%d'), "
        "strftime(deleted_before, '%m-%d %H:%M:%S') from memories order by content",
    )


def calls_of(lake: Path) -> list[tuple[object, ...]]:
    """Return action, text, line and the text before of every recorded call, in order."""
    return ask(
        lake,
        "select action, content, line_number, content_before from memory_events "
        "order by occurred_at, conversation_id, message_id, event_index",
    )


def lake_with(folder: Path, *conversations: Json) -> Path:
    """Make a lake of one export of some conversations."""
    lake = lake_of(folder / "lake", told(folder, *conversations))
    assert_sound(lake)
    return lake


def links(lake: Path) -> list[tuple[object, ...]]:
    """Return text, place, role and call of every link between a memory and a conversation."""
    return ask(
        lake,
        "select m.content, c.rank, c.role, c.conversation_id, c.event_message_id "
        "from memory_source_candidates c join memories m using (memory_id) order by m.content, c.rank",
    )


def versions(lake: Path) -> list[tuple[object, ...]]:
    """Return text, begin and end of all versions, times as month and day."""
    return ask(
        lake,
        "select content, strftime(valid_from, '%m-%d'), strftime(valid_to, '%m-%d') from memory_versions "
        "order by memory_id, version_number",
    )
