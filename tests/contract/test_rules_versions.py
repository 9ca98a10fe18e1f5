"""Versions: what was remembered at a time, and what an assistant knew in a conversation."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.chatgpt import assistant, bio_call, conversation, user
from support.lakes import Json, ask, export_folder, lake_of
from support.monthly import CELLO, DOG, LYON, PIANO, day, lake_of_lists, listed, monthly, said


def test_versions_are_runs_of_one_text_and_setting(tmp_path: Path) -> None:
    """Half-open, without gaps where the memory was there, with a gap where it was gone."""
    lake = lake_of_lists(
        tmp_path,
        [listed("m1"), listed("m2", DOG)],
        [listed("m1"), listed("m2", DOG)],
        [listed("m1", PIANO), listed("m2", DOG)],
        [listed("m2", DOG)],
        [listed("m1", PIANO, enabled=False), listed("m2", DOG)],
    )
    rows = ask(
        lake,
        f"select version_number, content, enabled, {day('valid_from')}, {day('valid_to')}, {day('last_seen_at')} "
        "from memory_versions where memory_id = 'm1' order by 1",
    )
    assert rows == [
        (1, CELLO, True, "02-01", "04-01", "03-01"),
        (2, PIANO, True, "04-01", "05-01", "04-01"),
        (3, PIANO, False, "06-01", None, "06-01"),
    ]


def test_a_version_begins_where_the_provider_says(tmp_path: Path) -> None:
    """At the creation and at the update, as long as they lie between the lists."""
    born = {"created_at": "2025-01-05T08:00:00Z"}
    lake = lake_of_lists(
        tmp_path, [listed("m1", **born)], [listed("m1", PIANO, **born, updated_at="2025-02-10T08:00:00Z")]
    )
    rows = ask(lake, f"select {day('valid_from')}, valid_from_basis, {day('valid_to')} from memory_versions order by 1")
    assert rows == [("01-05 08:00:00", "created", "02-10 08:00:00"), ("02-10 08:00:00", "updated", None)]


def as_of(lake: Path, moment: str) -> list[tuple[object, ...]]:
    """Return id, text and certainty of what was remembered at a time."""
    return ask(
        lake, "select memory_id, content, is_uncertain from memories_as_of($moment) order by memory_id", moment=moment
    )


def test_the_list_as_it_stood_marks_what_is_not_certain(tmp_path: Path) -> None:
    """Certain at the time of a list, uncertain inside every window, and after the newest list."""
    born = {"created_at": "2025-01-05T08:00:00Z", "updated_at": "2025-01-05T08:00:00Z"}
    lake = lake_of_lists(tmp_path, [listed("m1", **born), listed("m2", DOG)], [listed("m1", PIANO), listed("m3", LYON)])
    assert as_of(lake, "2025-01-04 00:00:00+00") == [("m2", DOG, True)]
    assert as_of(lake, "2025-01-06 00:00:00+00") == [("m1", CELLO, False), ("m2", DOG, True)]
    assert as_of(lake, "2025-02-01 00:00:00+00") == [("m1", CELLO, False), ("m2", DOG, False)]
    assert as_of(lake, "2025-02-10 00:00:00+00") == [("m1", CELLO, True), ("m2", DOG, True), ("m3", LYON, True)]
    assert as_of(lake, "2025-03-01 00:00:00+00") == [("m1", PIANO, False), ("m3", LYON, False)]
    assert as_of(lake, "2025-04-01 00:00:00+00") == [("m1", PIANO, True), ("m3", LYON, True)]


def test_a_likely_save_is_in_no_list_as_it_stood(tmp_path: Path) -> None:
    """It was never recorded."""
    told = conversation(
        "c1", user("Please remember that I swim on Mondays."), assistant("I'll remember that."), dialect="slim"
    )
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, "export-2025-03-01", conversations=[told]))
    assert ask(lake, "select channel, state, state_basis from memories") == [("likely", "unknown", "likely")]
    assert as_of(lake, "2025-04-01 00:00:00+00") == []


def in_force(lake: Path, conversation_id: str) -> list[tuple[object, ...]]:
    """Return which memories were in force in a conversation, and whether that is uncertain."""
    return ask(
        lake, "select memory_id, is_uncertain from memories_in_force($id) order by memory_id", id=conversation_id
    )


def test_what_was_known_in_a_conversation(tmp_path: Path) -> None:
    """There and on, certain between two lists that agree; a disabled or deleted one was not."""
    chats = [said(f"c{month}", month, user("hi"), assistant("Hi.")) for month in (1, 2, 3)]
    lists = (
        [listed("m1"), listed("m2", DOG), listed("off", LYON, enabled=False)],
        [listed("m1"), listed("off", LYON, enabled=False)],
    )
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, *lists, conversations=chats))
    assert in_force(lake, "c1") == [("m1", True), ("m2", True)]
    assert in_force(lake, "c2") == [("m1", False), ("m2", True)]
    assert in_force(lake, "c3") == [("m1", True)]


@pytest.mark.parametrize(
    ("keys", "known"),
    [
        ({"memory_scope": "global_enabled"}, ["m1"]),
        ({"is_do_not_remember": True}, []),
        ({"memory_scope": "project_v2"}, []),
    ],
)
def test_a_conversation_out_of_scope_knew_nothing(tmp_path: Path, keys: Json, known: list[str]) -> None:
    """Excluded from memory by the user, or in a project that keeps its memories to itself."""
    chats = [said("c1", 2, user("hi"), assistant("Hi."), **keys)]
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, [listed("m1")], [listed("m1")], conversations=chats))
    assert [memory_id for memory_id, _ in in_force(lake, "c1")] == known


def test_a_project_knows_what_was_saved_in_it(tmp_path: Path) -> None:
    """And not what was saved elsewhere."""
    project = {"memory_scope": "project_v2", "conversation_template_id": "g-p-1", "gizmo_id": "g-p-1"}
    saving = said("c1", 2, user("remember"), *bio_call(DOG), assistant("Done."), **project)
    asking = said("c2", 3, user("hi"), assistant("Hi."), **project)
    lake = lake_of(
        tmp_path / "lake",
        *monthly(tmp_path, None, None, [listed("m1"), listed("m2", DOG)], conversations=[saving, asking]),
    )
    assert in_force(lake, "c2") == [("m2", False)]


def test_every_conversation_that_a_memory_touched(tmp_path: Path) -> None:
    """The other way round, with both texts of an edited one."""
    chats = [said(f"c{month}", month, user("hi"), assistant("Hi.")) for month in (1, 2, 3, 4)]
    lists = [listed("m1")], [listed("m1")], [listed("m1", PIANO)]
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, *lists, conversations=chats))
    rows = ask(lake, "select conversation_id, content, is_uncertain from conversations_with_memory('m1') order by 1, 2")
    assert rows == [("c1", CELLO, True), ("c2", CELLO, False), ("c3", CELLO, True), ("c4", PIANO, True)]


def test_an_empty_list_in_between_parts_a_version(tmp_path: Path) -> None:
    """Then nothing was in force: the run ends there, and begins anew with the list that shows the memory again."""
    lake = lake_of_lists(tmp_path, [listed("m1")], [], [], [listed("m1")])
    rows = ask(
        lake,
        f"select {day('valid_from')}, {day('valid_to')}, {day('last_seen_at')}, {day('opened_after')} "
        "from memory_versions order by version_number",
    )
    assert rows == [("02-01", "03-01", "02-01", None), ("05-01", None, "05-01", "04-01")]
    assert as_of(lake, "2025-02-10 00:00:00+00") == [("m1", CELLO, True)]
    assert as_of(lake, "2025-03-01 00:00:00+00") == []
    assert as_of(lake, "2025-04-10 00:00:00+00") == [("m1", CELLO, True)]
    assert as_of(lake, "2025-05-01 00:00:00+00") == [("m1", CELLO, False)]


def test_at_the_time_of_a_whole_list_nothing_else_was_remembered(tmp_path: Path) -> None:
    """Neither what only an undated list shows nor a save that the list lacks; nor anything if the list is empty."""
    told = said("c1", 2, user("remember"), *bio_call(DOG), assistant("Done."))
    undated = export_folder(tmp_path, "undated", user="user-1", memories=[listed("m3", LYON)])
    lake = lake_of(
        tmp_path / "lake", *monthly(tmp_path, [listed("m1")], [listed("m1")], [], conversations=[told]), undated
    )
    assert as_of(lake, "2025-03-01 00:00:00+00") == [("m1", CELLO, False)]
    assert as_of(lake, "2025-04-01 00:00:00+00") == []
    assert [row[0] for row in as_of(lake, "2025-04-02 00:00:00+00")] == ["m1", "m3"]
