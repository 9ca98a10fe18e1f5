"""Memories that an assistant's numbered list of edits makes, changes and ends, and who said them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.claude import assistant, human
from support.editing import (
    CELLO,
    COFFEE,
    GOATS,
    TEA,
    add,
    chat,
    lake_with,
    lines_of,
    links,
    remove,
    replace,
    said,
    standing,
    states,
    versions,
    view,
)
from support.lakes import ask, lake_of, take_in
from support.prose import Prose, prose_export
from support.talks import assert_sound


def test_line_that_is_there_twice_is_forgotten_with_the_last(tmp_path: Path) -> None:
    """As long as one line says it, it is remembered."""
    twice = chat("c1", "2025-03-01", add(TEA), add(TEA))
    once = chat("c2", "2025-04-01", remove(1))

    lake = lake_with(tmp_path / "once", twice, once)
    assert standing(lake) == [TEA]
    assert [state[:3] for state in states(lake)] == [(TEA, "active", "recorded")]

    lake = lake_with(tmp_path / "none", twice, once, chat("c3", "2025-05-01", remove(1)))
    assert [state[1:] for state in states(lake)] == [("deleted", "forgotten", "03-01", "05-01 12:00:20")]


def test_line_that_is_replaced_by_the_text_of_another_ends(tmp_path: Path) -> None:
    """Two lines became one memory, and what the first said is said by none."""
    lake = lake_with(
        tmp_path, chat("c1", "2025-03-01", add(TEA), add(COFFEE)), chat("c2", "2025-04-01", replace(1, COFFEE))
    )

    assert standing(lake) == [COFFEE, COFFEE]
    assert states(lake) == [
        (COFFEE, "active", "recorded", None, None),
        (TEA, "deleted", "forgotten", "03-01", "04-01 12:00:20"),
    ]


def test_memory_that_is_added_again_is_restored(tmp_path: Path) -> None:
    """The same text is the same memory, with a version for each time."""
    lake = lake_with(
        tmp_path,
        chat("c1", "2025-03-01", add(TEA)),
        chat("c2", "2025-04-01", remove(1)),
        chat("c3", "2025-05-01", add(TEA)),
    )

    assert states(lake) == [(TEA, "active", "recorded", None, None)]
    assert versions(lake) == [(TEA, "03-01", "04-01"), (TEA, "05-01", None)]
    assert [link[1:] for link in links(lake)] == [(1, "origin", "c1", "m2"), (2, "origin", "c3", "m2")]


def test_text_that_was_replaced_twice_is_one_memory(tmp_path: Path) -> None:
    """In one conversation, each call an edit of the first; calls after one prompt share a link."""
    calls = [add(TEA), replace(1, COFFEE), replace(1, CELLO) + replace(1, GOATS)]
    turns = [turn for call in calls for turn in (human("Go on."), assistant(*call))]
    lake = lake_with(tmp_path, said("c1", "2025-03-01", *turns))

    assert [content for content, *_ in lines_of(lake)] == [TEA, COFFEE, CELLO, GOATS]
    assert links(lake) == [
        (GOATS, 1, "origin", "c1", "m2"),
        (GOATS, 2, "edit", "c1", "m4"),
        (GOATS, 3, "edit", "c1", "m6"),
    ]


def test_newest_text_of_a_line_is_the_memorys(tmp_path: Path) -> None:
    """A list shown before it was replaced does not bring the former text back."""
    lake = lake_with(
        tmp_path,
        chat("c1", "2025-03-01", add(TEA)),
        chat("c2", "2025-04-01", view(TEA)),
        chat("c3", "2025-05-01", replace(1, COFFEE)),
    )

    assert standing(lake) == [COFFEE]
    assert [state[:3] for state in states(lake)] == [(COFFEE, "active", "recorded")]


def test_thirty_edits_are_thirty_memories(tmp_path: Path) -> None:
    """As many lines as the list may have."""
    texts = [f"Likes song number {number}" for number in range(1, 31)]
    lake = lake_with(
        tmp_path, chat("c1", "2025-03-01", *map(add, texts)), chat("c2", "2025-04-01", replace(30, TEA), remove(29))
    )

    assert standing(lake) == [*texts[:28], TEA]
    assert ask(lake, "select state, count(*) from memories group by state order by 1") == [
        ("active", 29),
        ("deleted", 1),
    ]


@pytest.fixture(scope="module")
def quoted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[object, ...]]:
    """Return level, message, quote and speaker of the source of each of four memories, each said otherwise."""
    fact = "User is allergic to hazelnuts and to pollen of birches"
    notes = {"file_name": "doctor.txt", "extracted_content": f"Findings.\n{fact}.\nThe next visit is in May."}
    by_user = said(
        "by-user", "2025-03-01", human("I am allergic to hazelnuts."), assistant(*add("User is allergic to hazelnuts"))
    )
    by_assistant = said(
        "by-assistant",
        "2025-03-02",
        human("Why do I sneeze?"),
        assistant("Surely you are allergic to the pollen of mugwort."),
        human("Ah, thank you!"),
        assistant(*add("User is allergic to the pollen of mugwort")),
    )
    by_nobody = said("by-nobody", "2025-03-03", assistant(*add("User is fond of marzipan")))
    by_document = said(
        "by-document", "2025-03-04", human("Look at this, please.", attachments=[notes]), assistant(*add(fact))
    )
    folder = tmp_path_factory.mktemp("quoted")
    lake = lake_with(folder, by_user, by_assistant, by_nobody, by_document)
    rows = ask(lake, "select conversation_id, level, message_id, quote, said_by, event_message_id from memory_sources")
    return {str(conversation_id): tuple(row) for conversation_id, *row in rows}


def test_person_is_quoted(quoted: dict[str, tuple[object, ...]]) -> None:
    """Their words before the call; the call itself is the event."""
    assert quoted["by-user"] == ("recorded", "m1", "I am allergic to hazelnuts.", "user", "m2")


def test_what_only_the_assistant_said_is_not_the_persons(quoted: dict[str, tuple[object, ...]]) -> None:
    """The source is the conversation all the same."""
    assert quoted["by-assistant"] == ("recorded", "m3", None, "assistant", "m4")


def test_what_nobody_said_has_no_quote(quoted: dict[str, tuple[object, ...]]) -> None:
    """Nothing comes before the call."""
    assert quoted["by-nobody"] == ("recorded", "m1", None, "nobody", "m1")


def test_words_of_an_attachment_are_those_of_a_document(quoted: dict[str, tuple[object, ...]]) -> None:
    """The person handed it over, but did not say it."""
    level, message_id, quote, said_by, event_message_id = quoted["by-document"]

    assert (level, message_id, said_by, event_message_id) == ("recorded", "m1", "document", "m2")
    assert "hazelnuts" in str(quote)


def test_statement_of_prose_that_is_worded_like_a_line_keeps_the_lines_history(tmp_path: Path) -> None:
    """It is one memory also after the line was replaced."""
    lake = lake_of(
        tmp_path / "lake",
        prose_export(tmp_path, "ida-2025-03-02", Prose(f"{TEA}. {CELLO}."), conversations=[
            chat("c1", "2025-03-01", add(f"{TEA}."))
        ]),
        prose_export(tmp_path, "ida-2025-05-02", Prose(f"{COFFEE} with milk. {CELLO}."), conversations=[
            chat("c2", "2025-04-01", replace(1, f"{COFFEE}."))
        ]),
    )  # fmt: skip

    assert_sound(lake)
    found = ask(lake, "select content, channels from memories order by content")
    assert found == [(f"{COFFEE} with milk.", ["prose", "event"]), (f"{CELLO}.", ["prose"])]
    assert [link[1:] for link in links(lake)] == [(1, "origin", "c1", "m2"), (2, "edit", "c2", "m2")]


def test_line_is_the_statement_that_a_later_wording_of_it_is(tmp_path: Path) -> None:
    """Prose that first shows the replaced text knows the call that began the line."""
    lake = lake_of(
        tmp_path / "lake",
        prose_export(tmp_path, "ida-2025-03-02", None, conversations=[chat("c1", "2025-03-01", add(TEA))]),
        prose_export(
            tmp_path, "ida-2025-05-02", Prose(COFFEE), conversations=[chat("c2", "2025-04-01", replace(1, COFFEE))]
        ),
    )

    assert ask(lake, "select content, channels, is_edited from memories") == [(COFFEE, ["prose", "event"], None)]
    assert [link[1:] for link in links(lake)] == [(1, "origin", "c1", "m2"), (2, "edit", "c2", "m2")]


def test_line_removed_after_the_newest_prose_is_a_deleted_statement(tmp_path: Path) -> None:
    """Between a text and a call to forget the newer one wins."""
    shown = prose_export(
        tmp_path, "ida-2025-03-02", Prose(f"{TEA}\n\n{CELLO}"), conversations=[chat("c1", "2025-03-01", add(TEA))]
    )
    removed = prose_export(tmp_path, "ida-2025-05-02", None, conversations=[chat("c2", "2025-04-01", remove(1))])
    still_shown = prose_export(tmp_path, "ida-2025-06-02", Prose(f"{TEA}\n\n{CELLO}"))

    lake = lake_of(tmp_path / "lake", shown, removed)
    assert (TEA, "deleted", "forgotten", "03-02", "04-01 12:00:20") in states(lake)
    take_in(lake, still_shown)
    assert (TEA, "active", "prose", None, None) in states(lake)
