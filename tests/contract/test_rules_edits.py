"""Edits of the assistant's numbered list: what its calls add up to."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from support.chatgpt import bio_call, user
from support.chatgpt import conversation as chatgpt_conversation
from support.claude import NO_PARENT, assistant, edit, human
from support.editing import (
    CELLO,
    COFFEE,
    GOATS,
    TEA,
    add,
    calls_of,
    chat,
    lake_with,
    lines_of,
    links,
    remove,
    replace,
    said,
    standing,
    states,
    told,
    versions,
    view,
)
from support.lakes import ask, export_folder, lake_of, relations, take_in
from support.prose import prose_export
from support.talks import assert_sound

import memlake


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake of three exports; in each later one a conversation goes on and others come."""
    folder = tmp_path_factory.mktemp("edited")
    first = [add(TEA), add(CELLO)]
    begun = chat("c1", "2025-03-01", *first, prompt="Remember that I drink tea.")
    more = chat("c1", "2025-03-01", *first, add(GOATS), prompt="Remember that I drink tea.")
    changed = chat("c2", "2025-04-01", replace(1, COFFEE), prompt="I drink coffee now.")
    removed = chat("c3", "2025-05-01", view(COFFEE, CELLO, GOATS), remove(2))
    return lake_of(
        folder / "lake",
        told(folder, begun, name="ida-2025-03-02"),
        told(folder, more, changed, name="ida-2025-04-02"),
        told(folder, removed, name="ida-2025-05-02"),
    )


def test_calls_of_several_exports_add_up_to_one_list(edited: Path) -> None:
    """A call that several exports tell is one; the newest export need not tell the old ones."""
    assert_sound(edited)
    assert lines_of(edited) == [
        (TEA, "save", "03-01", "replace", "04-01"),
        (COFFEE, "replace", "04-01", None, None),
        (CELLO, "save", "03-01", "forget", "05-01"),
        (GOATS, "save", "03-01", None, None),
    ]


def test_every_call_is_one_event_with_the_text_that_it_ended(edited: Path) -> None:
    """A look at the list ends none."""
    assert calls_of(edited) == [
        ("save", TEA, None, None),
        ("save", CELLO, None, None),
        ("save", GOATS, None, None),
        ("replace", COFFEE, 1, TEA),
        ("list", None, None, None),
        ("forget", None, 2, CELLO),
    ]


def test_removed_line_is_a_deleted_memory(edited: Path) -> None:
    """At the time of the call; before, it was last seen when the list was shown."""
    assert states(edited) == [
        (COFFEE, "active", "recorded", None, None),
        (GOATS, "active", "recorded", None, None),
        (CELLO, "deleted", "forgotten", "05-01", "05-01 12:00:30"),
    ]


def test_replaced_text_is_the_same_memory_in_two_versions(edited: Path) -> None:
    """Its id is that of the first text, and the second call is linked as an edit."""
    ((memory_id, channels, is_edited),) = ask(
        edited, "select memory_id, channels, is_edited from memories where content = $text", text=COFFEE
    )
    ((first_id,),) = ask(edited, "select distinct memory_id from memory_versions where content = $text", text=TEA)

    assert (memory_id, is_edited) == (first_id, True)
    assert channels == ["list_snapshot", "event"]
    assert (TEA, "03-01", "04-01") in versions(edited)
    assert (COFFEE, "04-01", None) in versions(edited)
    assert links(edited)[:2] == [(COFFEE, 1, "origin", "c1", "m2"), (COFFEE, 2, "edit", "c2", "m2")]


def test_list_as_it_stood_can_be_asked_for(edited: Path) -> None:
    """By the times of its texts."""
    sql = "select content from memory_edits where valid_from <= $at and coalesce(valid_to > $at, true) order by 1"
    for moment, texts in {
        "2025-03-10T00:00:00Z": [TEA, GOATS, CELLO],
        "2025-04-10T00:00:00Z": [COFFEE, GOATS, CELLO],
        "2025-06-01T00:00:00Z": [COFFEE, GOATS],
    }.items():
        assert sorted(text for (text,) in ask(edited, sql, at=moment)) == sorted(texts)


def test_order_of_ingest_does_not_matter(tmp_path: Path) -> None:
    """Also where a later export tells calls that came first."""
    exports = [
        told(tmp_path, chat("c2", "2025-04-01", replace(1, COFFEE)), name="ida-2025-05-01"),
        told(tmp_path, chat("c1", "2025-03-01", add(TEA)), name="ida-2025-06-01"),
        told(tmp_path, chat("c3", "2025-05-15", remove(1), add(CELLO)), name="undated"),
    ]
    found = [
        relations(lake_of(tmp_path / f"lake-{number}", *order)) for number, order in enumerate(permutations(exports))
    ]

    assert found[0]["memory_edits"]
    assert [number for number, each in enumerate(found) if each != found[0]] == []


def test_rebuilt_twice_told_and_dropped(tmp_path: Path) -> None:
    """The list is that of the exports that are there."""
    first = told(tmp_path, chat("c1", "2025-03-01", add(TEA)), name="ida-2025-03-02")
    second = told(tmp_path, chat("c2", "2025-04-01", replace(1, COFFEE), add(CELLO)), name="ida-2025-04-02")
    lake = lake_of(tmp_path / "lake", first)
    before = relations(lake)
    receipt = take_in(lake, second)
    whole = relations(lake)

    take_in(lake, second)
    assert relations(lake) == whole
    memlake.Lake(lake).rebuild()
    assert relations(lake) == whole
    memlake.Lake(lake).drop_export(receipt.export_id, yes=True)
    assert relations(lake) == before
    assert standing(lake) == [TEA]


def test_calls_on_an_abandoned_branch_were_made(tmp_path: Path) -> None:
    """The list does not know about branches."""
    record = said(
        "c1",
        "2025-03-01",
        human("Remember that I drink tea."),
        assistant(*add(TEA)),
        human("Remember that I drink coffee.", parent_message_uuid=NO_PARENT),
        assistant(*add(COFFEE)),
        human("No, not any more."),
        assistant(*remove(1)),
    )
    lake = lake_with(tmp_path, record)

    assert standing(lake) == [COFFEE]
    assert [state[:3] for state in states(lake)] == [(COFFEE, "active", "recorded"), (TEA, "deleted", "forgotten")]
    path = "select v.content_before from memory_events v join messages m using (conversation_id, message_id)"
    assert ask(lake, f"{path} where not m.is_on_active_path and v.action = 'save'") == [(None,)]


def test_refused_calls_change_nothing(tmp_path: Path) -> None:
    """They saved, replaced and removed nothing; the numbers of lines do not move."""
    refused = "Error: Invalid line number"
    lake = lake_with(
        tmp_path,
        chat("c1", "2025-03-01", add(TEA), add(COFFEE, refused), replace(2, CELLO, refused), remove(1, refused)),
        chat("c2", "2025-04-01", edit("remove", line_number=7) + edit("add", control=GOATS)),
    )

    assert standing(lake)[0] == TEA
    assert [action for action, *_ in calls_of(lake)] == ["save", "noop", "noop", "noop", "forget", "save"]
    assert [state[:2] for state in states(lake)] == [(TEA, "active"), (GOATS, "active")]


def test_line_that_no_export_wrote_is_unknown(tmp_path: Path) -> None:
    """A call that counts with it tells that it was there; what replaces it is a memory that no recorded call began."""
    lake = lake_with(
        tmp_path, chat("c1", "2025-03-01", add(TEA), replace(3, COFFEE)), chat("c2", "2025-04-01", remove(2))
    )

    assert lines_of(lake) == [
        (TEA, "save", "03-01", None, None),
        (None, "unknown", None, "forget", "04-01"),
        (None, "unknown", None, "replace", "03-01"),
        (COFFEE, "replace", "03-01", None, None),
    ]
    assert [call[3] for call in calls_of(lake)] == [None, None, None]
    assert [state[:3] for state in states(lake)] == [(COFFEE, "active", "recorded"), (TEA, "active", "recorded")]
    assert ask(lake, "select level from memory_sources join memories using (memory_id) order by content") == [
        (None,),
        ("recorded",),
    ]


def test_numbers_of_lines_move_up_after_a_removal(tmp_path: Path) -> None:
    """So the same number means another line each time."""
    lake = lake_with(
        tmp_path,
        chat("c1", "2025-03-01", add(TEA), add(COFFEE), add(CELLO), add(GOATS)),
        chat("c2", "2025-04-01", remove(1), remove(1)),
        chat("c3", "2025-05-01", replace(2, "Keeps sheep")),
    )

    assert standing(lake) == [CELLO, "Keeps sheep"]
    assert [call[3] for call in calls_of(lake)[4:]] == [TEA, COFFEE, GOATS]
    assert [state[:2] for state in states(lake)] == [
        (COFFEE, "deleted"),
        (TEA, "deleted"),
        ("Keeps sheep", "active"),
        (CELLO, "active"),
    ]


def test_shown_list_sets_the_numbers_right(tmp_path: Path) -> None:
    """A line that no call wrote is there from then on, and lines that it lacks are gone, one event for one look."""
    lake = lake_with(
        tmp_path,
        chat("c1", "2025-03-01", add(TEA), add(COFFEE), add(CELLO)),
        chat("c2", "2025-04-01", view(GOATS, CELLO)),
        chat("c3", "2025-05-01", remove(1)),
    )

    assert lines_of(lake) == [
        (TEA, "save", "03-01", "list", "04-01"),
        (COFFEE, "save", "03-01", "list", "04-01"),
        (CELLO, "save", "03-01", None, None),
        (GOATS, "list", "04-01", "forget", "05-01"),
    ]
    assert [call[0] for call in calls_of(lake)] == ["save", "save", "save", "list", "forget"]
    assert calls_of(lake)[-1] == ("forget", None, 1, GOATS)
    assert (GOATS, "deleted", "forgotten") in [state[:3] for state in states(lake)]


def test_calls_without_a_time_come_last_and_date_nothing(tmp_path: Path) -> None:
    """What they say is known all the same."""
    undated = said("c0", "2025-01-01", human("Hi."), assistant(*add(COFFEE), created_at=None))
    lake = lake_with(tmp_path, undated, chat("c1", "2025-03-01", add(TEA)), chat("c2", "2025-04-01", replace(1, CELLO)))

    assert lines_of(lake) == [
        (TEA, "save", "03-01", "replace", "04-01"),
        (CELLO, "replace", "04-01", None, None),
        (COFFEE, "save", None, None, None),
    ]
    assert [state[:2] for state in states(lake)] == [(COFFEE, "active"), (CELLO, "active")]


def test_saves_that_edit_no_list_have_no_lines(tmp_path: Path) -> None:
    """Another assistant's memory tool keeps no numbered list."""
    record = chatgpt_conversation("c1", user("Remember that I drink tea."), *bio_call(TEA))
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, "export-2025-06-01", conversations=[record]))

    assert len(calls_of(lake)) == 1
    assert ask(lake, "from memory_edits") == []


def test_each_account_has_a_list_of_its_own(tmp_path: Path) -> None:
    """A line number means a line of the same person."""
    ida = prose_export(tmp_path, "ida-2025-06-01", None, conversations=[chat("c1", "2025-03-01", add(TEA))])
    removal = chat("c2", "2025-04-01", add(COFFEE), remove(1))
    eve = prose_export(tmp_path, "eve-2025-06-01", None, user="eve", conversations=[removal])
    lake = lake_of(tmp_path / "lake", ida, eve)

    assert [state[:2] for state in states(lake)] == [(COFFEE, "deleted"), (TEA, "active")]


def test_hostile_edits_are_taken_in(tmp_path: Path) -> None:
    """Numbers that no list reaches, texts without words, calls without anything."""
    hostile = [
        edit("replace", line_number=10**12, replacement=TEA),
        edit("remove", line_number=-1),
        edit("remove"),
        edit("add", control="\x00"),
        edit("add", control="..."),
        edit("view", "1. \n2. "),
        edit(["add"], control={"text": COFFEE}),
    ]
    lake = lake_with(tmp_path, chat("c1", "2025-03-01", *hostile, add(CELLO)))

    assert standing(lake)[-1] == CELLO
    assert len(calls_of(lake)) == len(hostile) + 1
    assert (CELLO, "active", "recorded", None, None) in states(lake)
