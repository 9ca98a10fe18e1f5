"""Changes: what lists that follow one another prove about each memory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.lakes import ask, export_folder, lake_of, memory
from support.monthly import CELLO, DOG, LYON, PIANO, day, feed, lake_of_lists, listed, monthly, state, windows

import memlake


def test_the_first_list_makes_all_its_memories_new(tmp_path: Path) -> None:
    """There is no list before it, and nothing tells since when they are there."""
    lake = lake_of_lists(tmp_path, [listed("m1"), listed("m2", DOG)])
    columns = "memory_id, change_type, change_kind, from_export_id, changed_after, reason"
    rows = ask(lake, f"select {columns} from memory_changes order by memory_id")
    assert rows == [(memory_id, "insert", "new", None, None, "in the first list") for memory_id in ("m1", "m2")]


def test_every_kind_of_change_between_two_lists(tmp_path: Path) -> None:
    """New, edited, switched off and on, deleted: each with the window between the lists."""
    lake = lake_of_lists(
        tmp_path,
        [
            listed("gone", DOG),
            listed("edited"),
            listed("off", LYON),
            listed("on", "User bakes.", enabled=False),
            listed("same", "User reads."),
        ],
        [
            listed("new", "User swims."),
            listed("edited", PIANO),
            listed("off", LYON, enabled=False),
            listed("on", "User bakes."),
            listed("same", "User reads."),
        ],
    )
    between = ("02-01", "03-01")
    assert windows(lake) == [
        ("deleted", "gone", *between),
        ("disabled", "off", *between),
        ("edited", "edited", *between),
        ("enabled", "on", *between),
        ("new", "new", *between),
    ]
    assert feed(lake, "content_before, content_after, enabled_before, enabled_after") == [
        (DOG, None, True, None),
        (LYON, LYON, True, False),
        (CELLO, PIANO, True, True),
        ("User bakes.", "User bakes.", False, True),
        (None, "User swims.", None, True),
    ]
    assert feed(lake, "reason")[-1] == (None,)
    assert ask(lake, "select content, enabled from memories where memory_id in ('edited', 'off') order by all") == [
        (LYON, False),
        (PIANO, True),
    ]


def test_an_edit_and_a_flip_of_one_memory_are_two_changes(tmp_path: Path) -> None:
    """A row says one thing."""
    lake = lake_of_lists(tmp_path, [listed("m1")], [listed("m1", PIANO, enabled=False)])
    assert feed(lake, "change_kind, memory_id, reason") == [("disabled", "m1", None), ("edited", "m1", None)]


def test_a_setting_that_a_list_does_not_tell_is_the_one_before(tmp_path: Path) -> None:
    """The window of a flip begins at the last list that told."""
    lake = lake_of_lists(tmp_path, [listed("m1")], [listed("m1", enabled=None)], [listed("m1", enabled=False)])
    assert windows(lake) == [("disabled", "m1", "02-01", "04-01")]


@pytest.mark.parametrize(
    ("middle", "reason"),
    [
        pytest.param(None, "no memory list in this export", id="absent"),
        pytest.param(
            json.dumps([listed("m1"), listed("m2", DOG)]).encode()[:-20], "ends in the middle of the list", id="partial"
        ),
    ],
)
def test_a_list_that_is_not_whole_closes_nothing(tmp_path: Path, middle: bytes | None, reason: str) -> None:
    """It cannot be compared, and says why; what it does not show is neither deleted nor restored."""
    lake = lake_of_lists(tmp_path, [listed("m1"), listed("m2", DOG)], middle, [listed("m1"), listed("m2", DOG)])
    ((kind, memory_id, why),) = feed(lake, "change_kind, memory_id, reason")
    assert (kind, memory_id) == ("not_comparable", None)
    assert reason in str(why)
    assert ask(lake, "select count(*) from memory_versions") == [(2,)]
    assert state(lake, "m2") == ("active", "listed", None, None)


def test_a_deletion_is_dated_across_a_list_that_is_not_there(tmp_path: Path) -> None:
    """Last seen in February, missing in April; March cannot tell."""
    lake = lake_of_lists(tmp_path, [listed("m1"), listed("m2", DOG)], None, [listed("m1")])
    assert state(lake, "m2") == ("deleted", "listed", "02-01", "04-01")


def test_a_part_of_a_list_still_shows_what_it_holds(tmp_path: Path) -> None:
    """An edit and a new memory are seen in it, and date what a whole list tells later."""
    part = json.dumps([listed("m1", PIANO), listed("m3", LYON), listed("m4", "User reads.")]).encode()[:-10]
    lake = lake_of_lists(tmp_path, [listed("m1"), listed("m2", DOG)], part, [listed("m1", PIANO), listed("m2", DOG)])
    assert windows(lake) == [
        ("edited", "m1", "02-01", "03-01"),
        ("new", "m3", "02-01", "03-01"),
        ("not_comparable", None, "02-01", "03-01"),
        ("deleted", "m3", "03-01", "04-01"),
    ]


def test_an_undated_list_opens_and_closes_nothing(tmp_path: Path) -> None:
    """Its memories are known, but nothing tells when they were there."""
    undated = export_folder(
        tmp_path, "undated", user="user-1", memories=[listed("m1", PIANO, enabled=False), listed("m3", LYON)]
    )
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, [listed("m1")], [listed("m1")]), undated)
    assert ask(lake, "select content from memories order by memory_id") == [(CELLO,), (LYON,)]
    ((kind, why),) = feed(lake, "change_kind, reason")
    assert (kind, why) == ("not_comparable", "nothing tells when this export was made; --exported-at does")
    assert state(lake, "m3") == ("unknown", "undated", None, None)
    assert state(lake, "m1") == ("active", "listed", None, None)


def test_without_any_dated_list_an_undated_one_says_how_it_is(tmp_path: Path) -> None:
    """Nothing contradicts it."""
    lake = lake_of(
        tmp_path / "lake", export_folder(tmp_path, "undated", memories=[listed("m1"), listed("m2", DOG, enabled=False)])
    )
    assert [state(lake, memory_id)[:2] for memory_id in ("m1", "m2")] == [("active", "listed"), ("disabled", "listed")]


def test_an_empty_list_after_a_filled_one_is_one_fact(tmp_path: Path) -> None:
    """Deleted or switched off: it cannot tell, so nothing is called deleted; a second empty list adds nothing."""
    lake = lake_of_lists(tmp_path, [listed("m1"), listed("m2", DOG)], [], [])
    assert windows(lake) == [("list_emptied", None, "02-01", "03-01")]
    assert state(lake, "m1") == ("unknown", "list_emptied", None, None)
    ((reason,),) = ask(lake, "select distinct state_reason from memories")
    assert str(reason).startswith("the list of 2025-03-01 is empty")


def test_the_same_ids_coming_back_were_switched_on_again(tmp_path: Path) -> None:
    """Nothing was deleted or restored; an edit meanwhile is an edit."""
    lake = lake_of_lists(tmp_path, [listed("m1"), listed("m2", DOG)], [], [listed("m1", PIANO), listed("m2", DOG)])
    assert windows(lake) == [
        ("list_emptied", None, "02-01", "03-01"),
        ("edited", "m1", "02-01", "04-01"),
        ("list_returned", None, "03-01", "04-01"),
    ]
    assert state(lake, "m2") == ("active", "listed", None, None)


def test_what_does_not_come_back_after_an_empty_list_was_deleted(tmp_path: Path) -> None:
    """The window is the wide one: from when it was last seen."""
    lake = lake_of_lists(tmp_path, [listed("m1"), listed("m2", DOG)], [], [listed("m1")])
    assert state(lake, "m2") == ("deleted", "listed", "02-01", "04-01")


def test_a_list_filled_for_the_first_time_did_not_return(tmp_path: Path) -> None:
    """An empty list before any other says nothing about memories."""
    lake = lake_of_lists(tmp_path, [], [listed("m1")])
    assert windows(lake) == [("new", "m1", None, "03-01")]


def test_an_id_that_comes_back_was_restored(tmp_path: Path) -> None:
    """Between two lists it was gone; its state is the newest one."""
    lake = lake_of_lists(
        tmp_path, [listed("m1"), listed("m2", DOG)], [listed("m1")], [listed("m1"), listed("m2", LYON, enabled=False)]
    )
    assert windows(lake) == [("deleted", "m2", "02-01", "03-01"), ("restored", "m2", "03-01", "04-01")]
    assert feed(lake, "content_before, content_after, enabled_before, enabled_after")[1] == (DOG, LYON, True, False)
    assert state(lake, "m2") == ("disabled", "listed", None, None)


def test_the_same_text_under_another_id_was_recreated(tmp_path: Path) -> None:
    """The old id stays deleted; the reason names it."""
    lake = lake_of_lists(tmp_path, [listed("m1"), listed("m2", DOG)], [listed("m1")], [listed("m1"), listed("m3", DOG)])
    assert feed(lake) == [("deleted", "m2"), ("recreated", "m3")]
    assert feed(lake, "reason")[1] == ("same text as m2, which is gone",)
    assert state(lake, "m2")[0] == "deleted"


def test_a_recreated_memory_that_comes_back_was_restored(tmp_path: Path) -> None:
    """It was recreated once, at the time that the provider states; of those that are gone the last is named."""
    keeping, recreated = listed("m1"), listed("m3", DOG, created_at="2025-04-20T08:00:00Z")
    lake = lake_of_lists(
        tmp_path,
        [keeping, listed("m2", DOG), listed("m9", DOG)],
        [keeping, listed("m2", DOG)],
        [keeping],
        [keeping, recreated],
        [keeping],
        [keeping, recreated],
    )
    assert feed(lake, f"change_kind, memory_id, {day('changed_at')}") == [
        ("deleted", "m9", None),
        ("deleted", "m2", None),
        ("recreated", "m3", "04-20 08:00:00"),
        ("deleted", "m3", None),
        ("restored", "m3", None),
    ]
    assert feed(lake, "reason")[2] == ("same text as m2, which is gone",)


def test_the_same_text_beside_the_old_id_is_only_new(tmp_path: Path) -> None:
    """Nothing was recreated that came while the first was there, or that was edited into its text."""
    keeping, first, edited = listed("m1"), listed("m2", DOG), listed("m4", DOG)
    lake = lake_of_lists(
        tmp_path,
        [keeping, first],
        [keeping, listed("m4", LYON)],
        [keeping, first, edited, listed("m3", DOG)],
        [keeping, edited, listed("m3", DOG)],
    )
    assert feed(lake) == [
        ("deleted", "m2"),
        ("new", "m4"),
        ("edited", "m4"),
        ("new", "m3"),
        ("restored", "m2"),
        ("deleted", "m2"),
    ]


def test_a_list_whose_ids_all_changed_was_reidentified(tmp_path: Path) -> None:
    """Four of five texts return and no id does: nothing was deleted but the fifth."""
    texts = [CELLO, PIANO, DOG, LYON, "User bakes."]
    lake = lake_of_lists(
        tmp_path,
        [listed(f"old{number}", text) for number, text in enumerate(texts)],
        [listed(f"new{number}", text) for number, text in enumerate(texts[:4])],
    )
    kinds = ask(
        lake,
        "select change_type, change_kind, count(*) from memory_changes where from_export_id is not null "
        "group by all order by all",
    )
    assert kinds == [("delete", "deleted", 1), ("delete", "reidentified", 4), ("insert", "reidentified", 4)]
    assert state(lake, "old0") == ("unknown", "reidentified", None, None)
    assert state(lake, "old4")[0] == "deleted"
    assert state(lake, "new0")[0] == "active"


def test_three_texts_that_all_return_are_enough(tmp_path: Path) -> None:
    """One that two memories have counts once, and each says which ids it may have had; part of a list is not enough."""
    texts = [CELLO, CELLO, DOG, LYON]
    lake = lake_of_lists(
        tmp_path,
        [listed(f"old{number}", text) for number, text in enumerate(texts)],
        json.dumps([listed(f"part{number}", text) for number, text in enumerate([*texts, PIANO])]).encode()[:-10],
        [listed(f"new{number}", text, created_at="2025-03-20T08:00:00Z") for number, text in enumerate(texts)],
    )
    rows = feed(lake, "change_kind, changed_at, split_part(reason, 'this one ', 2)")
    names = [f"{word}{number}" for word in ("before old", "now new") for number in (0, 0, 2, 3)]
    assert [row for row in rows if row[0] == "reidentified"] == [("reidentified", None, name) for name in names]


@pytest.mark.parametrize(
    ("former", "latter"),
    [
        pytest.param([CELLO, DOG], [CELLO, DOG], id="only two texts"),
        pytest.param([CELLO, DOG, LYON, PIANO], [CELLO, DOG, LYON], id="three of four"),
        pytest.param([CELLO, CELLO, CELLO, DOG], [CELLO, DOG], id="two texts, one of them three times"),
    ],
)
def test_too_few_texts_that_return_were_recreated(tmp_path: Path, former: list[str], latter: list[str]) -> None:
    """Fewer than three, or less than four fifths, are no proof of new ids."""
    lake = lake_of_lists(
        tmp_path,
        [listed(f"old{number}", text) for number, text in enumerate(former)],
        [listed(f"new{number}", text) for number, text in enumerate(latter)],
    )
    assert {kind for kind, _ in feed(lake)} == {"deleted", "recreated"}


def test_one_id_that_survives_proves_that_ids_stay(tmp_path: Path) -> None:
    """Then other ids with the same texts are recreated ones."""
    texts = [CELLO, PIANO, DOG, LYON, "User bakes."]
    former = [listed(f"old{number}", text) for number, text in enumerate(texts)]
    lake = lake_of_lists(
        tmp_path, former, [former[0], *(listed(f"new{number}", text) for number, text in enumerate(texts[1:]))]
    )
    assert {kind for kind, _ in feed(lake)} == {"deleted", "recreated"}


def test_an_export_that_is_taken_out_takes_its_changes_with_it(tmp_path: Path) -> None:
    """History is computed anew from what is left."""
    exports = monthly(tmp_path, [listed("m1"), listed("m2", DOG)], [listed("m1")], [listed("m1"), listed("m2", DOG)])
    lake = lake_of(tmp_path / "lake", *exports)
    ((export_id,),) = ask(lake, "select export_id from exports where exported_at = '2025-03-01'")
    memlake.Lake(lake).drop_export(export_id, yes=True)
    assert feed(lake) == []


def test_edited_means_two_texts_or_an_update_that_is_no_flip(tmp_path: Path) -> None:
    """A time of update beside a flip proves no edit, then or later; without times nothing is known."""
    times = {"created_at": "2025-01-05T08:00:00Z"}
    flipped = listed("flipped", LYON, **times, updated_at="2025-01-09T08:00:00Z", enabled=False)
    lake = lake_of_lists(
        tmp_path,
        [
            memory("same", CELLO, "2025-01-05T08:00:00Z", updated_at="2025-01-05T08:00:00Z"),
            listed("updated", DOG, **times, updated_at="2025-01-09T08:00:00Z"),
            flipped,
            listed("flipped later", "User bakes.", **times, updated_at="2025-01-05T08:00:00Z"),
            listed("two texts", "User swims.", **times, updated_at="2025-01-05T08:00:00Z"),
            listed("silent", "User reads."),
        ],
        [
            listed("flipped later", "User bakes.", **times, updated_at="2025-02-09T08:00:00Z", enabled=False),
            listed("two texts", "User dives.", **times, updated_at="2025-01-05T08:00:00Z"),
            flipped,
            listed("silent", "User reads."),
        ],
    )
    assert dict(ask(lake, "select memory_id, is_edited from memories")) == {
        "same": False,
        "updated": True,
        "flipped": False,
        "flipped later": False,
        "two texts": True,
        "silent": None,
    }


def test_hostile_ids_and_texts_have_a_history_too(tmp_path: Path) -> None:
    """Quotes, line ends, NUL and surrogates in ids and texts; an id twice in a list; elements that are no memories."""
    nasty = 'it\'s "quoted"; drop table memories; --\n\u202e\x00'
    lake = lake_of_lists(
        tmp_path,
        [listed(nasty), listed("twice", DOG), listed("twice", LYON), listed("half \ud800", "\ud83d")],
        [listed(nasty, nasty), listed("twice", LYON)],
    )
    assert [kind for kind, _ in feed(lake)] == ["deleted", "edited"]
    assert ask(lake, "select count(*) from memory_changes('2025-02-01', 'latest')") == [(2,)]
    assert state(lake, nasty)[0] == "active"
