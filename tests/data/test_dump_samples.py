"""What the samples' page tells about the saved list of memories is true of it."""

from __future__ import annotations

import re

from support.samples import (
    AUGUST,
    DUMP_FOLDERS,
    JANUARY,
    conversations,
    listed,
    load,
    messages,
    readme_table,
    strings,
)

(FOLDER,) = DUMP_FOLDERS
MARKDOWN = FOLDER / "chatgpt-memories.md"
LIST_OF_OBJECTS = FOLDER / "chatgpt-memories.json"
ENTRY = re.compile(r"\[(?P<date>[^\]]+)\] - (?P<text>.+)")

Entries = dict[str, str]
"""A memory's text to its date, as it is written."""


def written_entries() -> Entries:
    """Return what the Markdown file lists."""
    found = [ENTRY.fullmatch(line) for line in MARKDOWN.read_text(encoding="utf-8").splitlines()]
    return {entry["text"]: entry["date"] for entry in found if entry}


def scripted_entries() -> Entries:
    """Return what the JSON file lists, without the damaged record."""
    return {element["content"]: element["date"] for element in load(LIST_OF_OBJECTS) if "content" in element}


def test_readme_counts_what_the_saved_files_hold() -> None:
    """The table of files says how much is in each, and how much of it January's list has in the same words."""
    known = {memory["content"] for memory in listed(JANUARY).values()}
    counted = [
        {
            "saved file": path.name,
            "memories": str(len(entries)),
            "known word for word": str(len(entries.keys() & known)),
            "new": str(len(entries.keys() - known)),
            "damaged": str(damaged_count),
        }
        for path, entries, damaged_count in (
            (MARKDOWN, written_entries(), 0),
            (LIST_OF_OBJECTS, scripted_entries(), len(load(LIST_OF_OBJECTS)) - len(scripted_entries())),
        )
    ]

    assert readme_table("saved file") == counted
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(row["saved file"] for row in counted)


def test_dates_are_as_coarse_as_the_story_tells() -> None:
    """Two memories have no date, and four a month only, among them one whose day the export knows."""
    dates = [*written_entries().items(), *scripted_entries().items()]

    assert [text for text, date in dates if date == "unknown"] == [
        "Call me Noa, never Ms Lindqvist.",
        "User writes in English or in Portuguese, whichever comes first.",
    ]
    assert [date for _, date in dates if re.fullmatch(r"\d{4}-\d{2}", date)] == [
        "2025-07",
        "2026-02",
        "2026-04",
        "2026-01",
    ]
    assert written_entries()["User is moving from Porto to Lyon at the end of September 2025."] == "2025-07"


def test_days_are_those_of_the_export() -> None:
    """A memory that January lists in the same words was saved on the day that the saved files name."""
    saved_on = {memory["content"]: memory["created_at"] for memory in listed(JANUARY).values()}

    for text, date in [*written_entries().items(), *scripted_entries().items()]:
        assert date < FOLDER.name[-10:] or date == "unknown"
        assert date == "unknown" or saved_on.get(text, date).startswith(date)


def test_the_list_has_headings_and_sentences_around_it() -> None:
    """What is no entry is a title, three headings, or a sentence before or after the list."""
    lines = [line for line in MARKDOWN.read_text(encoding="utf-8").splitlines() if line]

    assert [line for line in lines if not ENTRY.fullmatch(line)] == [
        "# ChatGPT memories",
        "Here is everything that I have stored about you:",
        "## Instructions",
        "## Personal details",
        "## Work",
        "This is the complete list of what I have stored.",
    ]


def test_one_memory_is_in_both_files() -> None:
    """The sourdough starter was saved twice, by hand and by the script."""
    assert written_entries().keys() & scripted_entries().keys() == {"User's sourdough starter is called Batata."}


def test_the_fourth_element_is_damaged() -> None:
    """It has a date, no text and, like the others, no id."""
    damaged = [number for number, element in enumerate(load(LIST_OF_OBJECTS), start=1) if element.keys() == {"date"}]

    assert damaged == [4]
    assert all("id" not in element for element in load(LIST_OF_OBJECTS))


def test_the_new_memories_were_said_or_not_as_the_story_tells() -> None:
    """Bouldering was asked to be remembered in a chat with ChatGPT; the team of seven was never mentioned there."""
    said = [
        text
        for conversation in conversations(AUGUST).values()
        for message in messages(conversation)
        if message["author"]["role"] == "user"
        for text in strings(message)
    ]

    assert "User goes bouldering in Gerland on Tuesday evenings." in written_entries()
    assert any("Please remember that I go bouldering in Gerland on Tuesday evenings." in text for text in said)
    assert "User's team at Quai Neuf has grown to seven people." in written_entries()
    assert not any("seven people" in text for text in said)
