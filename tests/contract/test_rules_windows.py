"""Windows: between which times a memory changed, by lists and by what chats tell in between."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.chatgpt import assistant, bio_call, conversation, user
from support.lakes import Json, ask, export_folder, lake_of, relations, take_in
from support.monthly import (
    CELLO,
    DOG,
    LYON,
    PIANO,
    Listed,
    day,
    feed,
    lake_of_lists,
    list_before,
    listed,
    monthly,
    said,
    state,
    windows,
)


def test_a_change_is_dated_by_what_the_provider_states(tmp_path: Path) -> None:
    """After the list before, by the list that shows it; a time outside of that is no evidence."""
    lake = lake_of_lists(
        tmp_path,
        [listed("m1", created_at="2025-01-05T08:00:00Z"), listed("m2", DOG, updated_at="2025-01-07T08:00:00Z")],
        [
            listed("m1", PIANO, created_at="2025-01-05T08:00:00Z", updated_at="2025-02-10T08:00:00Z"),
            listed("m2", LYON, updated_at="2025-01-07T08:00:00Z"),
            listed("m3", "User swims.", created_at="2025-02-11T08:00:00Z"),
            listed("m4", "User bakes.", created_at="2025-01-11T08:00:00Z"),
            listed("m5", "User reads.", created_at="2025-02-01T00:00:00Z"),
            listed("m6", "User runs.", created_at="2025-03-01T00:00:00Z"),
            listed("m7", "User cooks.", created_at="2025-03-02T00:00:00Z"),
        ],
    )
    rows = feed(lake, f"memory_id, {day('changed_after')}, {day('changed_at')}, {day('changed_before')}")
    assert rows == [
        ("m1", "02-01", "02-10 08:00:00", "03-01"),
        ("m2", "02-01", None, "03-01"),
        ("m3", "02-01", "02-11 08:00:00", "03-01"),
        ("m4", "02-01", None, "03-01"),
        ("m5", "02-01", None, "03-01"),
        ("m6", "02-01", "03-01", "03-01"),
        ("m7", "02-01", None, "03-01"),
    ]


def test_one_time_for_an_edit_and_a_flip_dates_neither(tmp_path: Path) -> None:
    """It may be the time of either."""
    lake = lake_of_lists(
        tmp_path, [listed("m1")], [listed("m1", PIANO, enabled=False, updated_at="2025-02-10T08:00:00Z")]
    )
    assert windows(lake) == [("disabled", "m1", "02-01", "03-01"), ("edited", "m1", "02-01", "03-01")]
    assert feed(lake, "changed_at") == [(None,), (None,)]


def test_a_forget_call_dates_a_deletion(tmp_path: Path) -> None:
    """It was gone when it was called, and the reason names the conversation."""
    told = said("c1", 2, user("forget the dog"), *bio_call(f"Forget that {DOG}"), assistant("Done."))
    february, march = monthly(tmp_path, [listed("m1"), listed("m2", DOG)], [listed("m1")], conversations=[told])
    lake = lake_of(tmp_path / "lake", february, march)
    assert windows(lake) == [("deleted", "m2", "02-01", "02-15 12:00:20")]
    assert feed(lake, f"{day('changed_at')}, reason") == [
        ("02-15 12:00:20", '"Forget" call in "About c1"; no longer in the list')
    ]
    assert ask(lake, f"select {day('valid_to')} from memory_versions where memory_id = 'm2'") == [("02-15 12:00:20",)]
    assert state(lake, "m2") == ("deleted", "listed", "02-01", "02-15 12:00:20")


@pytest.mark.parametrize(
    "call", [f"Forget that the {DOG.lower()}", "Forget everything.", f"Forget: {DOG}", "Forget that User  has a DOG."]
)
def test_a_forget_call_may_word_it_in_its_own_way(tmp_path: Path, call: str) -> None:
    """With the user in the third person, in other spacing, or all memories at once."""
    told = said("c1", 2, user("forget it"), *bio_call(call), assistant("Done."))
    lake = lake_of(
        tmp_path / "lake", *monthly(tmp_path, [listed("m1"), listed("m2", DOG)], [listed("m1")], conversations=[told])
    )
    assert state(lake, "m2")[3] == "02-15 12:00:20"


@pytest.mark.parametrize(
    "call", ["Forget that User has a dog. It is called Miso.", "Forget that superuser has a dog.", "Forget the cello."]
)
def test_a_forget_call_for_something_else_dates_nothing(tmp_path: Path, call: str) -> None:
    """Only the words of the memory itself, at the end of the call, name it."""
    told = said("c1", 2, user("forget it"), *bio_call(call), assistant("Done."))
    lake = lake_of(
        tmp_path / "lake", *monthly(tmp_path, [listed("m1"), listed("m2", DOG)], [listed("m1")], conversations=[told])
    )
    assert state(lake, "m2")[2:] == ("02-01", "03-01")


def test_a_memory_that_a_later_chat_still_has_was_not_forgotten(tmp_path: Path) -> None:
    """The call before that chat did nothing; the next one did, and not the one after it."""
    forgetting = [
        said(f"c{month}", month, user("forget the dog"), *bio_call(f"Forget that {DOG}"), assistant("Done."))
        for month in (2, 4, 5)
    ]
    showing = said("c3", 3, user("hi"), list_before(CELLO, DOG), assistant("Hi."))
    lists = [listed("m1"), listed("m2", DOG)], None, None, None, [listed("m1")]
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, *lists, conversations=[*forgetting, showing]))
    assert state(lake, "m2") == ("deleted", "listed", "03-15 12:00:20", "04-15 12:00:20")


def test_a_list_that_still_holds_it_is_newer_than_a_forget_call(tmp_path: Path) -> None:
    """Between a list and a call the newer evidence wins."""
    told = said("c1", 2, user("forget the dog"), *bio_call(f"Forget that {DOG}"), assistant("Done."))
    lake = lake_of(
        tmp_path / "lake", *monthly(tmp_path, [listed("m2", DOG)], [listed("m2", DOG)], conversations=[told])
    )
    assert state(lake, "m2") == ("active", "listed", None, None)
    assert feed(lake) == []


@pytest.mark.parametrize("later_list", [None, []])
def test_a_forget_call_after_the_newest_list_deletes(tmp_path: Path, later_list: list[Json] | None) -> None:
    """The list says that it was there, the call that it is gone; an empty list adds nothing."""
    told = said("c1", 3, user("forget the dog"), *bio_call(f"Forget that {DOG}"), assistant("Done."))
    known = monthly(tmp_path, [listed("m2", DOG)])
    later = export_folder(tmp_path, "user-1-2025-05-01", user="user-1", conversations=[told], memories=later_list)
    lake = lake_of(tmp_path / "lake", *known, later)
    assert state(lake, "m2") == ("deleted", "forgotten", "02-01", "03-15 12:00:20")
    assert ask(lake, f"select {day('valid_to')} from memory_versions") == [("03-15 12:00:20",)]


def test_a_save_after_the_deletion_makes_it_active_again(tmp_path: Path) -> None:
    """No list tells yet, so nobody knows whether it is on."""
    told = said("c1", 3, user("remember the dog"), *bio_call(DOG), assistant("Done."))
    known = monthly(tmp_path, [listed("m1"), listed("m2", DOG)], [listed("m1")])
    later = export_folder(tmp_path, "user-1-2025-05-01", user="user-1", conversations=[told])
    lake = lake_of(tmp_path / "lake", *known, later)
    assert state(lake, "m2") == ("active", "recorded", None, None)
    versions = ask(
        lake, f"select {day('valid_from')}, {day('valid_to')} from memory_versions where memory_id = 'm2' order by 1"
    )
    assert versions == [("02-01", "03-01"), ("03-15 12:00:20", None)]


def test_a_save_that_a_later_list_lacks_is_unknown(tmp_path: Path) -> None:
    """Merged with another, rephrased or deleted; before that list it was active."""
    told = said("c1", 2, user("remember the dog"), *bio_call(DOG), assistant("Done."))
    recorded = export_folder(tmp_path, "user-1-2025-02-20", user="user-1", conversations=[told])
    lake = lake_of(tmp_path / "lake", recorded)
    ((memory_id,),) = ask(lake, "select memory_id from memories")
    assert state(lake, str(memory_id)) == ("active", "recorded", None, None)
    take_in(lake, export_folder(tmp_path, "user-1-2025-03-01", user="user-1", memories=[listed("m1")]))
    assert state(lake, str(memory_id)) == ("unknown", "not_listed", None, None)


def test_a_save_before_the_newest_list_makes_nothing_active_that_it_lacks(tmp_path: Path) -> None:
    """Nor does one without a time."""
    undated = [turn.saying(create_time=None) for turn in bio_call(DOG)]
    told = [
        said("c1", 3, user("remember the dog"), *bio_call(DOG), assistant("Done.")),
        conversation("c2", user("remember the dog"), *undated, create_time=None, update_time=None),
    ]
    lists = [listed("m1"), listed("m2", DOG)], [listed("m1")], [listed("m1")]
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, *lists, conversations=told))
    assert state(lake, "m2") == ("deleted", "listed", "02-01", "03-01")


def test_a_saved_memory_and_the_list_that_shows_it_later_are_one(tmp_path: Path) -> None:
    """The save dates the beginning; the list gives the id."""
    told = said("c1", 2, user("remember the dog"), *bio_call(DOG), assistant("Done."))
    lake = lake_of(
        tmp_path / "lake", *monthly(tmp_path, [listed("m1")], [listed("m1"), listed("m2", DOG)], conversations=[told])
    )
    assert windows(lake) == [("new", "m2", "02-01", "02-15 12:00:20")]
    versions = ask(lake, f"select {day('valid_from')}, valid_from_basis from memory_versions where memory_id = 'm2'")
    assert versions == [("02-15 12:00:20", "event")]


def test_a_saved_and_forgotten_memory_has_its_window(tmp_path: Path) -> None:
    """Without any list: there from the save on, gone by the call."""
    told = said(
        "c1", 2, user("remember"), *bio_call(DOG), user("forget"), *bio_call(f"Forget that {DOG}"), assistant("Done.")
    )
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, "user-1-2025-03-01", user="user-1", conversations=[told]))
    ((memory_id,),) = ask(lake, "select memory_id from memories")
    assert state(lake, str(memory_id)) == ("deleted", "forgotten", "02-15 12:00:20", "02-15 12:00:50")


def test_a_memory_that_only_chats_show_lasts_from_the_first_to_the_last(tmp_path: Path) -> None:
    """Saved, saved again, and in a list before a chat."""
    told = [
        said("c1", 2, user("remember the dog"), *bio_call(DOG), assistant("Done.")),
        said("c2", 3, user("remember the dog"), *bio_call(DOG), assistant("Done.")),
        said("c3", 4, user("hi"), list_before(DOG, LYON), assistant("Hi.")),
    ]
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, "user-1-2025-05-01", user="user-1", conversations=told))
    assert ask(
        lake,
        f"select content, valid_from_basis, {day('valid_from')}, {day('last_seen_at')} from memory_versions order by 1",
    ) == [
        (DOG, "event", "02-15 12:00:20", "04-15 12:00:20"),
        (LYON, "seen", "04-15 12:00:20", "04-15 12:00:20"),
    ]


@pytest.mark.parametrize(
    ("february", "march", "window"),
    [
        pytest.param([DOG], [LYON], ("02-15 12:00:20", "03-15 12:00:20"), id="before, then after"),
        pytest.param([DOG], [DOG], ("03-15 12:00:20", "04-01"), id="only before"),
        pytest.param([LYON], [DOG], ("02-01", "02-15 12:00:20"), id="after, then before"),
        pytest.param([DOG, LYON], [LYON], ("02-01", "02-15 12:00:20"), id="both at once"),
        pytest.param([PIANO], [LYON], ("02-01", "03-15 12:00:20"), id="another of its texts"),
    ],
)
def test_lists_before_chats_narrow_an_edit(
    tmp_path: Path, february: list[str], march: list[str], window: tuple[str, str]
) -> None:
    """The text before tells that it was not edited yet, unless the new one was seen already."""
    told = [
        said(f"c{month}", month, user("hi"), list_before(*texts), assistant("Hi."))
        for month, texts in ((2, february), (3, march))
    ]
    lists = [listed("m2", DOG)], None, [listed("m2", LYON)], [listed("m2", PIANO)]
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, *lists, conversations=told))
    assert windows(lake)[1] == ("edited", "m2", *window)


def test_any_text_of_a_memory_shows_that_it_is_there(tmp_path: Path) -> None:
    """One that a list has before or after the window dates its beginning and end, the first time and the last."""
    told = [said(f"c{month}", month, user("hi"), list_before(CELLO, DOG), assistant("Hi.")) for month in (2, 3, 6, 7)]
    texts = [listed("m1"), listed("m2", LYON)], [listed("m1"), listed("m2", DOG)], [listed("m1"), listed("m2", PIANO)]
    lists = [listed("m1")], None, *texts, None, [listed("m1")]
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, *lists, conversations=told))
    found = [row for row in windows(lake) if row[0] in ("new", "deleted")]
    assert found == [("new", "m2", "02-01", "02-15 12:00:20"), ("deleted", "m2", "07-15 12:00:20", "08-01")]


def test_lists_before_chats_narrow_a_window(tmp_path: Path) -> None:
    """A chat in February still had it before it, one in March no more."""
    had = said("c1", 2, user("hi"), list_before(CELLO, DOG), assistant("Hi."))
    had_not = said("c2", 3, user("hi"), list_before(CELLO), assistant("Hi."))
    both = monthly(tmp_path, [listed("m1"), listed("m2", DOG)], None, [listed("m1")], conversations=[had, had_not])
    lake = lake_of(tmp_path / "lake", *both)
    assert windows(lake)[1:] == [("deleted", "m2", "02-15 12:00:20", "03-15 12:00:20")]


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param((CELLO, "User has a dog called Miso."), id="with a text that no list knows"),
        pytest.param((), id="empty"),
    ],
)
def test_a_list_before_a_chat_that_cannot_prove_absence_narrows_nothing(
    tmp_path: Path, entries: tuple[str, ...]
) -> None:
    """The memory may be in it in other words, or memory was not used in that chat."""
    told = said("c1", 2, user("hi"), list_before(*entries), *bio_call(CELLO), assistant("Hi."))
    lake = lake_of(
        tmp_path / "lake", *monthly(tmp_path, [listed("m1"), listed("m2", DOG)], [listed("m1")], conversations=[told])
    )
    assert windows(lake) == [("deleted", "m2", "02-01", "03-01")]


def test_a_list_before_a_chat_never_has_a_memory_that_is_off(tmp_path: Path) -> None:
    """So it was not deleted by then."""
    told = said("c1", 2, user("hi"), list_before(CELLO), assistant("Hi."))
    former = [listed("m1"), listed("m2", DOG, enabled=False)]
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, former, [listed("m1")], conversations=[told]))
    assert windows(lake) == [("deleted", "m2", "02-01", "03-01")]


def test_a_chat_before_the_list_was_empty_narrows_what_came_after(tmp_path: Path) -> None:
    """It lacked the memory already when the other one was still there."""
    told = said("c1", 2, user("hi"), list_before(CELLO), assistant("Hi."))
    lists: tuple[Listed, ...] = ([listed("m1"), listed("m2", DOG)], [], [listed("m1")])
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, *lists, conversations=[told]))
    assert state(lake, "m2") == ("deleted", "listed", "02-01", "02-15 12:00:20")


def test_the_list_before_a_chat_in_a_project_proves_nothing(tmp_path: Path) -> None:
    """A project may keep its memories to itself."""
    told = said("c1", 2, user("hi"), list_before(CELLO), assistant("Hi."), memory_scope="project_v2")
    lake = lake_of(
        tmp_path / "lake", *monthly(tmp_path, [listed("m1"), listed("m2", DOG)], [listed("m1")], conversations=[told])
    )
    assert windows(lake) == [("deleted", "m2", "02-01", "03-01")]


def test_two_memories_with_one_text_are_not_told_apart_by_chats(tmp_path: Path) -> None:
    """The save may have made the second: the first may have been gone by then."""
    told = said("c1", 2, user("remember the dog"), *bio_call(DOG), assistant("Done."))
    lake = lake_of(
        tmp_path / "lake",
        *monthly(tmp_path, [listed("m1"), listed("m2", DOG)], [listed("m1"), listed("m3", DOG)], conversations=[told]),
    )
    assert windows(lake) == [("deleted", "m2", "02-01", "03-01"), ("recreated", "m3", "02-01", "03-01")]


def test_a_lower_bound_never_ends_a_window(tmp_path: Path) -> None:
    """An export dated by its newest record was made later than that, but before one that holds something newer."""
    told = [said(f"c{month}", month, user("hi"), assistant("Hi.")) for month in (2, 3)]
    (before,) = monthly(tmp_path, [listed("m1"), listed("m2", DOG)])
    bound = export_folder(tmp_path, "unnamed", user="user-1", conversations=told[:1], memories=[listed("m1")])
    later = export_folder(tmp_path, "user-1-2025-04-01", user="user-1", conversations=told, memories=[listed("m1")])
    lake = lake_of(tmp_path / "lake", before, bound)
    assert state(lake, "m2") == ("deleted", "listed", "02-01", None)
    take_in(lake, later)
    assert state(lake, "m2") == ("deleted", "listed", "02-01", "04-01")


def test_a_lower_bound_without_a_certain_place_closes_nothing(tmp_path: Path) -> None:
    """It may be newer than the next export, which shows nothing that it lacks."""
    told = [said("c2", 2, user("hi"), assistant("Hi."))]
    before, later = monthly(tmp_path, [listed("m1"), listed("m2", DOG)], [listed("m1"), listed("m2", DOG)])
    bound = export_folder(tmp_path, "unnamed", user="user-1", conversations=told, memories=[listed("m1")])
    lake = lake_of(tmp_path / "lake", before, bound, later)
    ((kind, reason),) = feed(lake, "change_kind, reason")
    assert kind == "not_comparable"
    assert "perhaps after the next export" in str(reason)
    assert state(lake, "m2") == ("active", "listed", None, None)


def test_two_lists_of_the_same_time_have_a_stable_order_and_a_note(tmp_path: Path) -> None:
    """Which came first is not known, and said so, in whatever order they come."""
    lists = {"one": [listed("m1")], "two": [listed("m1", PIANO), listed("m2", DOG)]}
    both = [
        export_folder(tmp_path / name, "export-2025-02-01", user="user-1", memories=elements)
        for name, elements in lists.items()
    ]
    lake = lake_of(tmp_path / "lake", *both)
    assert relations(lake_of(tmp_path / "other", *reversed(both))) == relations(lake)
    ((note,),) = ask(lake, "select reason from memory_changes where reason like '%same time%' limit 1")
    assert "which came first is not known" in str(note)
    assert ask(lake, "select count(*) from memory_versions where memory_id = 'm1'") == [(1,)]


def test_a_forget_call_for_a_text_that_two_memories_share_dates_neither(tmp_path: Path) -> None:
    """Nothing tells which of them it means."""
    told = said("c1", 2, user("forget the dog"), *bio_call(f"Forget that {DOG}"), assistant("Done."))
    twins = [listed("m1", DOG), listed("m2", DOG)]
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, twins, twins[:1], conversations=[told]))
    assert state(lake, "m2") == ("deleted", "listed", "02-01", "03-01")
    alone = lake_of(tmp_path / "alone", *monthly(tmp_path, twins, conversations=[said("c1", 2, user("hi"))]))
    later = export_folder(tmp_path, "user-1-2025-05-01", user="user-1", conversations=[told])
    assert [state(lake_of(alone, later), memory_id)[0] for memory_id in ("m1", "m2")] == ["active", "active"]
