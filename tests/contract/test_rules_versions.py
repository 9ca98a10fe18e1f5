"""Versions: what was remembered at a time, and what an assistant knew in a conversation."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.chatgpt import Turn, assistant, bio_call, conversation, message, user
from support.lakes import Json, ask, export_folder, lake_of, relations
from support.monthly import CELLO, DOG, LYON, PIANO, day, lake_of_lists, list_before, listed, monthly, said


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


def test_a_time_of_update_without_a_creation_dates_no_beginning(tmp_path: Path) -> None:
    """The memory may be older than it; and an undated list that repeats an id ends with the text that counts."""
    undated = export_folder(tmp_path, "undated", user="user-1", memories=[listed("m3", LYON), listed("m3", DOG)])
    updated = listed("m2", PIANO, updated_at="2025-02-10T08:00:00Z")
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, [listed("m1")], [listed("m1"), updated]), undated)
    rows = ask(lake, f"select memory_id, content, {day('valid_from')} from memory_versions order by 1")
    assert rows == [("m1", CELLO, "02-01"), ("m2", PIANO, "03-01"), ("m3", DOG, None)]


def test_a_memory_saved_again_after_a_forget_call_has_two_versions(tmp_path: Path) -> None:
    """The first is what the list says, the second what the save says."""
    told = [
        said("c3", 3, user("forget"), *bio_call(f"Forget that {DOG}"), assistant("Done.")),
        said("c4", 4, user("remember"), *bio_call(DOG), assistant("Done.")),
    ]
    later = export_folder(tmp_path, "user-1-2025-05-01", user="user-1", conversations=told)
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, [listed("m2", DOG)]), later)
    rows = ask(lake, f"select enabled, {day('valid_from')}, {day('valid_to')} from memory_versions order by 2")
    assert rows == [(True, "02-01", "03-15 12:00:20"), (None, "04-15 12:00:20", None)]


def test_an_edit_and_a_flip_at_once_open_one_version(tmp_path: Path) -> None:
    """After the last chat with the text before, by the list; a time of update after that list is none."""
    told = said("c1", 2, user("hi"), list_before(CELLO), assistant("Hi."))
    latter = listed("m1", PIANO, enabled=False, updated_at="2025-03-02T08:00:00Z")
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, [listed("m1")], [latter], conversations=[told]))
    rows = ask(lake, f"select {day('opened_after')}, {day('valid_from')} from memory_versions order by version_number")
    assert rows == [(None, "02-01"), ("02-15 12:00:20", "03-01")]


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
    assert as_of(lake, "2025-01-05 08:00:00+00") == [("m1", CELLO, False), ("m2", DOG, True)]
    assert as_of(lake, "2025-01-06 00:00:00+00") == [("m1", CELLO, False), ("m2", DOG, True)]
    assert as_of(lake, "2025-02-01 00:00:00+00") == [("m1", CELLO, False), ("m2", DOG, False)]
    assert as_of(lake, "2025-02-10 00:00:00+00") == [("m1", CELLO, True), ("m2", DOG, True), ("m3", LYON, True)]
    assert as_of(lake, "2025-03-01 00:00:00+00") == [("m1", PIANO, False), ("m3", LYON, False)]
    assert as_of(lake, "2025-04-01 00:00:00+00") == [("m1", PIANO, True), ("m3", LYON, True)]


def test_a_version_is_certain_from_when_all_of_it_was_seen(tmp_path: Path) -> None:
    """From a stated update on; where it may be that of the setting, or a chat showed the text, from the list on."""
    born = {"created_at": "2025-02-05T08:00:00Z", "updated_at": "2025-02-25T08:00:00Z"}
    told = said("c1", 2, user("remember"), *bio_call("User swims."), list_before("User reads."), assistant("Done."))
    updated = {"updated_at": "2025-02-10T08:00:00Z"}
    former = [listed("edited"), listed("both", DOG)]
    latter = [
        listed("edited", PIANO, **updated),
        listed("both", LYON, enabled=False, **updated),
        listed("born", "User runs.", **born),
        listed("saved", "User swims."),
        listed("shown", "User reads."),
    ]
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, former, latter, conversations=[told]))
    assert as_of(lake, "2025-02-20 00:00:00+00") == [
        ("born", "User runs.", True),
        ("both", LYON, True),
        ("edited", PIANO, False),
        ("saved", "User swims.", False),
        ("shown", "User reads.", True),
    ]


def test_what_only_an_undated_list_has_may_have_been_there_at_any_time(tmp_path: Path) -> None:
    """From its creation on; but not at the time of a whole list that lacks it."""
    born = {"created_at": "2025-02-05T08:00:00Z"}
    undated = export_folder(
        tmp_path, "undated", user="user-1", memories=[listed("m3", LYON), listed("m4", DOG, **born)]
    )
    part = json.dumps([listed("m1"), listed("m2", PIANO)]).encode()[:-10]
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, [listed("m1")], part), undated)
    assert as_of(lake, "2025-02-01 00:00:00+00") == [("m1", CELLO, False)]
    assert as_of(lake, "2025-02-03 00:00:00+00") == [("m1", CELLO, False), ("m3", LYON, True)]
    assert as_of(lake, "2025-03-01 00:00:00+00") == [("m1", CELLO, False), ("m3", LYON, True), ("m4", DOG, True)]


def test_a_likely_save_is_in_no_list_as_it_stood(tmp_path: Path) -> None:
    """It was never recorded."""
    told = conversation(
        "c1", user("Please remember that I swim on Mondays."), assistant("I'll remember that."), dialect="slim"
    )
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, "export-2025-03-01", conversations=[told]))
    assert ask(lake, "select channel, state, state_basis from memories") == [("likely", "unknown", "likely")]
    assert as_of(lake, "2025-04-01 00:00:00+00") == []


def test_a_list_without_a_certain_place_shows_nothing_at_its_date(tmp_path: Path) -> None:
    """It was made then or later, so that the last certain sight is the list before."""
    told = [said("c2", 2, user("hi"), assistant("Hi."))]
    part = json.dumps([listed("m2", DOG), listed("m3", LYON)]).encode()[:-10]
    before, later = monthly(tmp_path, [listed("m1")], part)
    bound = export_folder(tmp_path, "unnamed", user="user-1", conversations=told, memories=[listed("m1")])
    lake = lake_of(tmp_path / "lake", before, bound, later)
    assert as_of(lake, "2025-02-10 00:00:00+00")[0] == ("m1", CELLO, True)


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
    """And not what was saved elsewhere, nor what a chat in it was only shown."""

    def project(number: int) -> Json:
        key = f"g-p-{number}"
        return {"memory_scope": "project_v2", "conversation_template_id": key, "gizmo_id": key}

    saving = said("c1", 2, list_before(CELLO), user("remember"), *bio_call(DOG), assistant("Done."), **project(1))
    asking = said("c2", 3, user("hi"), assistant("Hi."), **project(1))
    elsewhere = said("c3", 3, user("hi"), assistant("Hi."), **project(2))
    lake = lake_of(
        tmp_path / "lake",
        *monthly(tmp_path, None, None, [listed("m1"), listed("m2", DOG)], conversations=[saving, asking, elsewhere]),
    )
    assert in_force(lake, "c2") == [("m2", False)]
    assert in_force(lake, "c3") == []


def test_a_chat_sees_what_changes_while_it_goes_on(tmp_path: Path) -> None:
    """Each version as long as it lasts; one that ends as the chat begins is over, one that begins as it ends counts."""
    born = {"created_at": "2025-01-05T08:00:00Z"}

    def life(memory_id: str, second: int) -> list[Json]:
        updated = {"updated_at": f"2025-02-15T12:00:{second:02}Z"}
        return [listed(memory_id, CELLO, **born), listed(memory_id, PIANO, **born, **updated)]

    lists = zip(life("begin", 0), life("middle", 10), life("end", 20), strict=True)
    chats = [said("c1", 2, user("hi"), assistant("Hi."))]
    exports = monthly(tmp_path, *([*elements, listed("m0", DOG)] for elements in lists), conversations=chats)
    lake = lake_of(tmp_path / "lake", *exports)
    rows = ask(
        lake,
        f"select memory_id, content, {day('in_force_from')}, {day('in_force_to')}, is_uncertain "
        "from memories_in_force('c1') where memory_id <> 'm0'",
    )
    first, middle, last = (f"02-15 12:00:{second:02}" for second in (0, 10, 20))
    assert rows == [
        ("begin", PIANO, first, last, False),
        ("end", CELLO, first, last, True),
        ("middle", CELLO, first, middle, True),
        ("middle", PIANO, middle, last, False),
        ("end", PIANO, last, last, False),
    ]


def test_a_custom_assistant_may_not_have_had_any_memory(tmp_path: Path) -> None:
    """So may a chat that began before a list could show how all of it was."""
    born = {"created_at": "2025-01-05T08:00:00Z"}
    early, custom = said("c1", 1, user("hi"), assistant("Hi.")), said("c2", 2, user("hi"), gizmo_id="g-custom")
    chats = [early | {"update_time": datetime(2025, 2, 15, tzinfo=UTC).timestamp()}, custom]
    lists = [listed("m1", **born)], [listed("m1", **born)]
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, *lists, conversations=chats))
    assert in_force(lake, "c1") == [("m1", True)]
    assert in_force(lake, "c2") == [("m1", True)]


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


def test_without_a_list_nobody_knows_what_was_on(tmp_path: Path) -> None:
    """Saves before and after a chat tell that the memory was there."""
    told = [said(f"c{month}", month, user("remember"), *bio_call(DOG)) for month in (2, 4)]
    told.append(said("c3", 3, user("hi"), assistant("Hi.")))
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, None, conversations=told))
    assert [is_uncertain for _, is_uncertain in in_force(lake, "c3")] == [True]


TIMES = {"created_at": "2025-01-05T08:00:00Z", "updated_at": "2025-01-09T08:00:00Z"}
PROJECT: Json = {"memory_scope": "project_v2", "conversation_template_id": "g-p-1", "gizmo_id": "g-p-1"}
M4 = listed("m4", LYON, **TIMES)


def instructions(text: str) -> Turn:
    """Return the hidden message that tells the model what the user wrote about themselves."""
    data = {"about_user_message": text}
    return message("user", {"content_type": "user_editable_context"}, user_context_message_data=data)


def my_life(folder: Path) -> list[Path]:
    """Write exports of somebody, one of them dated by its newest record, whose last chat forgets a memory."""
    my_m1, m3, swims = listed("m1", PIANO, **TIMES), listed("m3", DOG), listed("m6", "User swims.")
    chats = [
        said("c1", 2, list_before(CELLO), instructions("I bake."), *bio_call(DOG), **PROJECT),
        said("c2", 2, *bio_call(f"Forget that {LYON}"), list_before(CELLO, LYON)),
        said("c3", 3, user("hi"), assistant("Hi.")),
        said("c4", 5, instructions("I run."), *bio_call("Forget that User swims.")),
    ]
    former = [listed("m1", **TIMES), listed("m2", DOG), listed("m5", "User reads."), M4, swims]
    lists = monthly(folder, former, [my_m1, M4, swims], [my_m1, m3, M4, swims], day=2, conversations=chats)
    unnamed = export_folder(folder, "unnamed", user="user-1", conversations=chats[:3], memories=[my_m1, swims])
    return [*lists, unnamed]


def your_life(folder: Path) -> list[Path]:
    """Write exports of somebody else that lie between, with other memories under the same ids; the last is empty."""
    chats = [
        said("c1", 2, instructions("I swim."), list_before(CELLO)),
        said("c2", 3, instructions("I run."), assistant("Hi."), **PROJECT),
    ]
    former = [listed("m1", **TIMES), listed("m2", "User cooks."), M4, listed("m6", "User swims.")]
    twins = [listed(memory_id, "User swims.") for memory_id in ("m8", "m9")]
    latter = [listed("m1", "User bakes.", **TIMES), listed("m2", PIANO), listed("m3", DOG), *twins]
    first, _, *later = monthly(folder, former, None, latter, latter, [], user_id="user-2", conversations=chats)
    return [first, *later]


def history(lake: Path, former: str, latter: str) -> list[str]:
    """Return all that a lake tells, and what its macros tell of a time, all chats, and two exports if it has them."""
    queries = ["from memories_as_of('2025-03-02 00:00:00+00')", "from staging.memory_use"]
    if ask(lake, "select 1 from exports where export_id = $former", former=former):
        queries.append(f"from memory_changes('{former}', '{latter}')")
    found = relations(lake) | {query: ask(lake, query) for query in queries}
    return sorted(f"{name} {row}" for name, rows in found.items() for row in rows)


def test_two_accounts_in_one_lake_are_two_lakes(tmp_path: Path) -> None:
    """Nothing that one has tells anything of the other, even where they share ids, texts and chats."""
    mine, yours = my_life(tmp_path), your_life(tmp_path)
    apart = [lake_of(tmp_path / name, *exports) for name, exports in (("mine", mine), ("yours", yours))]
    (former,), *_, (latter,) = ask(apart[0], "select export_id from exports order by exported_at")

    together = history(lake_of(tmp_path / "both", *mine, *yours), former, latter)

    assert together == sorted(row for lake in apart for row in history(lake, former, latter))
