"""What the samples' page tells about the Claude exports is true of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from support.claude_samples import (
    Call,
    account_prose,
    chats,
    file_lines,
    heading_above,
    memory_calls,
    newest_chats,
    own_words,
    project_prose,
    shown_name,
    without_headings,
)
from support.samples import CLAUDE_FOLDERS, CLAUDE_JUNE, CLAUDE_MARCH, CLAUDE_OCTOBER, readme_table

STATEMENTS = readme_table("heading")
PROJECT_STATEMENTS = readme_table("heading in Tidewatch")
DATES = {folder.name[-10:]: folder for folder in CLAUDE_FOLDERS}
NOTHING = "\N{EN DASH}"
AS_ABOVE = "see above"
GLOSSARY = "(a glossary of 576 characters)"


def stated(rows: list[dict[str, str]], date: str) -> list[str]:
    """Return the statements that a table has in the column of an export."""
    return [row[date] for row in rows if row[date] not in (NOTHING, AS_ABOVE)]


def first_text(row: dict[str, str]) -> str:
    """Return a statement as it was first written."""
    return next(row[date] for date in DATES if row.get(date, NOTHING) != NOTHING)


def test_readme_counts_what_the_claude_exports_hold() -> None:
    """The table of exports says how much is in each of them."""
    counted = [
        {
            "Claude export": folder.name,
            "layout": "parts" if (folder / "manifest.json").exists() else "one ZIP",
            "conversations": str(len(chats(folder))),
            "messages": str(sum(len(conversation["chat_messages"]) for conversation in chats(folder).values())),
            "calls of the memory tool": str(len(memory_calls(folder))),
            "statements about Noa": str(len(stated(STATEMENTS, date))),
            "about Tidewatch": str(len(stated(PROJECT_STATEMENTS, date))) if project_prose(folder) else "not there",
            "in memory files": "no files" if file_lines(folder) is None else str(len(file_lines(folder) or [])),
        }
        for date, folder in DATES.items()
    ]

    assert readme_table("Claude export") == counted


@pytest.mark.parametrize("date", DATES)
def test_readme_shows_every_statement_about_noa(date: str) -> None:
    """Each statement stands below its heading, and nothing else is in the text."""
    text = account_prose(DATES[date])
    rest = without_headings(text)
    for row in STATEMENTS:
        if row[date] not in (NOTHING, AS_ABOVE):
            first, _, moved_to = row["heading"].partition(" → ")
            heading = first if date == "2026-03-06" or not moved_to else moved_to
            assert text.count(row[date]) == 1
            assert heading_above(text, row[date]) == heading
            rest = rest.replace(row[date], "")

    assert rest.split() == []
    assert [line for line in text.splitlines() if line.startswith("*")] == [
        "**Work context**",
        "**Personal context**",
        "**Top of mind**",
        "**Brief history**",
        "*Recent months*",
        "*Earlier context*",
        "*Long-term background*",
    ]


@pytest.mark.parametrize("date", ["2026-03-06", "2026-06-20"])
def test_readme_shows_every_statement_about_tidewatch(date: str) -> None:
    """Each statement stands below its heading, and nothing but bullets is left of the text."""
    text = project_prose(DATES[date]) or ""
    rest = without_headings(text)
    for row in PROJECT_STATEMENTS:
        assert heading_above(text, row[date]) == row["heading in Tidewatch"]
        rest = rest.replace(row[date], "")

    assert rest.split() == ["-", "-"]


def test_no_sentence_of_the_prose_stays_as_it_was() -> None:
    """From one export to the next every statement has other words, in the project as well."""
    for rows in (STATEMENTS, PROJECT_STATEMENTS):
        texts = [text for date in DATES if date in rows[0] for text in stated(rows, date)]
        assert len(set(texts)) == len(texts)


def test_prose_changes_as_the_story_tells() -> None:
    """The table's verdicts are as many as the page says; whatever is new or dropped is missing on one side."""
    by_june = Counter(row["by June"] for row in STATEMENTS)
    by_october = Counter(row["by October"] for row in STATEMENTS)

    assert by_june - Counter({"": by_june[""], "reworded": 99}) == {
        "changed": 2,
        "merged": 2,
        "split": 2,
        "moved": 1,
        "dropped": 2,
        "new": 3,
    }
    assert by_october - Counter({"": by_october[""], "reworded": 99}) == {"changed": 2, "dropped": 3, "new": 1}
    for verdict, before, after in (("by June", "2026-03-06", "2026-06-20"), ("by October", "2026-06-20", "2026-10-05")):
        for row in STATEMENTS:
            assert (row[verdict] == "new") is (row[before] == NOTHING != row[after])
            assert (row[verdict] == "dropped") is (row[after] == NOTHING != row[before])
            assert (row[verdict] == "") is (row[before] == row[after] == NOTHING)


def test_changed_statements_say_what_the_story_tells() -> None:
    """Two facts are others in June, and in October Noa no longer drinks coffee."""
    changed = [
        (row[before], row[after])
        for verdict, before, after in (
            ("by June", "2026-03-06", "2026-06-20"),
            ("by October", "2026-06-20", "2026-10-05"),
        )
        for row in STATEMENTS
        if row[verdict] == "changed"
    ]

    assert [("team of 5" in old, "team of 7" in new) for old, new in changed].count((True, True)) == 1
    assert [("on Monday" in old, "On Wednesday" in new) for old, new in changed].count((True, True)) == 1
    assert [("she drinks coffee" in old, "no longer drinks coffee" in new) for old, new in changed].count(
        (True, True)
    ) == 1


@pytest.mark.parametrize(
    ("words", "said_in", "exported_on"),
    [
        ("so we are a team of 7 now", "Lunch for two new colleagues", "2026-06-20"),
        ("My French course is on Wednesday evenings now.", "French for databases", "2026-06-20"),
        ("I no longer drink coffee", "Headache in August", "2026-10-05"),
        ("My last day at Quai Neuf is 25 September.", "Four days a week", "2026-10-05"),
    ],
)
def test_what_changed_was_said_before_it_was_written(words: str, said_in: str, exported_on: str) -> None:
    """Each changed fact has its sentence in the conversation that the page names, before the export that shows it."""
    assert any(words in text and time < exported_on for time, text in own_words(newest_chats()[said_in]))


def test_memory_files_mark_what_was_stated_and_what_was_inferred() -> None:
    """Every line of the memory files ends with one of two marks."""
    lines = file_lines(CLAUDE_OCTOBER) or []

    assert Counter(line.rpartition(" ")[2] for line in lines) == {"[stated]": 8, "[inferred]": 3}


@pytest.mark.parametrize("row", readme_table("statement"), ids=lambda row: row["statement"])
def test_readme_quotes_what_noa_said(row: dict[str, str]) -> None:
    """Her words stand in her own messages of that conversation, before the export that first has the statement."""
    known = next(it for it in [*STATEMENTS, *PROJECT_STATEMENTS] if first_text(it) == row["statement"])
    exported_on = next(date for date in DATES if known.get(date) == row["statement"])

    if row["said in"] == "nowhere":
        assert row["in these words"] == NOTHING
    else:
        said_at = [time for time, text in own_words(newest_chats()[row["said in"]]) if row["in these words"] in text]
        assert said_at
        assert min(said_at) < exported_on


def test_readme_names_a_source_for_every_statement() -> None:
    """Each statement that the tables show is in the table of sources once."""
    shown = [first_text(row) for row in [*STATEMENTS, *PROJECT_STATEMENTS] if first_text(row) != AS_ABOVE]

    assert [row["statement"] for row in readme_table("statement")] == shown


def test_one_statement_is_word_for_word_an_edit_of_memory() -> None:
    """The hazelnuts came into the prose as they were saved, after the first export."""
    saved = {call.use["input"].get("control") for call in memory_calls(CLAUDE_MARCH)}

    assert [text for text in saved if text and text in account_prose(CLAUDE_JUNE)] == ["Noa is allergic to hazelnuts."]
    assert "hazelnuts" not in account_prose(CLAUDE_MARCH)


def test_readme_lists_every_call_of_the_memory_tool() -> None:
    """The table of edits has each call with its time, line, text and answer."""
    listed = [
        {
            "time": call.use["start_timestamp"][:16].replace("T", " "),
            "call": call.use["input"]["command"],
            "line": str(call.use["input"].get("line_number", "")),
            "text": _shown_text(call),
            "answer": _shown_answer(call),
            "conversation": shown_name(call.conversation),
        }
        for call in memory_calls(CLAUDE_OCTOBER)
    ]

    assert readme_table("time") == listed


def _shown_text(call: Call) -> str:
    text = str(call.use["input"].get("control") or call.use["input"].get("replacement") or "")
    return GLOSSARY if len(text) == 576 else text


def _shown_answer(call: Call) -> str:
    if call.use["input"]["command"] == "view":
        return f"list of {len(_viewed(call))}"
    return "error" if call.result["is_error"] else "done"


def _viewed(call: Call) -> list[str]:
    return [line.partition(". ")[2] for line in call.answer.splitlines()[2:]]


def test_views_show_what_the_calls_before_them_left() -> None:
    """Replayed in order of time, branches included, the edits give the lists that the views show."""
    edits: list[str] = []
    for call in memory_calls(CLAUDE_OCTOBER):
        arguments = call.use["input"]
        if call.result["is_error"]:
            assert len(edits) < arguments.get("line_number", len(edits) + 1)
        elif arguments["command"] == "view":
            assert _viewed(call) == edits
        elif arguments["command"] == "add":
            edits.append(arguments["control"])
            assert call.answer == f"Added memory #{len(edits)}: {edits[-1]}"
        else:
            edits[arguments["line_number"] - 1 : arguments["line_number"]] = [
                text for text in [arguments.get("replacement")] if text
            ]

    assert len(edits) == 5


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (CLAUDE_MARCH, CLAUDE_JUNE, {"new": 5, "vanished": 0, "continued": 2, "renamed": 1}),
        (CLAUDE_JUNE, CLAUDE_OCTOBER, {"new": 4, "vanished": 1, "continued": 1, "renamed": 0}),
    ],
    ids=["by June", "by October"],
)
def test_claude_conversations_change_as_the_story_tells(before: Path, after: Path, changes: dict[str, int]) -> None:
    """From one export to the next, conversations come, go, grow and change as the page counts them."""
    old, new = chats(before), chats(after)
    kept = old.keys() & new.keys()

    assert changes == {
        "new": len(new.keys() - old.keys()),
        "vanished": len(old.keys() - new.keys()),
        "continued": sum(old[it]["updated_at"] != new[it]["updated_at"] for it in kept),
        "renamed": sum(old[it]["name"] != new[it]["name"] for it in kept),
    }
