"""Differences: any two lists compared, and how words select an export."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.lakes import ask, export_folder, lake_of
from support.monthly import DOG, LYON, PIANO, day, difference, lake_of_lists, listed, monthly


def test_the_difference_of_any_two_lists(tmp_path: Path) -> None:
    """The net one: what came and went between them is not in it, and kinds and windows are those of the last change."""
    lake = lake_of_lists(
        tmp_path,
        [listed("m1"), listed("m2", DOG)],
        [listed("m1", PIANO), listed("m3", LYON)],
        [listed("m1"), listed("m4", DOG)],
    )
    assert difference(lake, "2025-02-01", "2025-04-01") == [("deleted", "m2"), ("recreated", "m4")]
    assert difference(lake, "2025-02-01", "2025-02-01") == []
    assert difference(lake, "2025-04-01", "2025-02-01") == [("deleted", "m4"), ("restored", "m2")]
    assert ask(
        lake,
        f"select memory_id, {day('changed_after')}, {day('changed_before')} "
        "from memory_changes('2025-02-01', 'latest') order by 1",
    ) == [("m2", "02-01", "03-01"), ("m4", "03-01", "04-01")]


def test_a_change_that_came_twice_is_dated_by_the_last_one_between_the_two(tmp_path: Path) -> None:
    """Not by one before or after them; read backwards there is nothing that dates it."""
    lake = lake_of_lists(
        tmp_path,
        [listed("m1"), listed("m2", DOG)],
        [listed("m1", PIANO), listed("m2", DOG, enabled=False)],
        [listed("m1", LYON), listed("m2", DOG)],
        [listed("m1", DOG), listed("m2", DOG, enabled=False)],
    )
    last = {
        ("2025-02-01", "2025-03-01"): ("02-01", "03-01", None),
        ("2025-02-01", "2025-05-01"): ("04-01", "05-01", None),
        ("2025-03-01", "2025-04-01"): ("03-01", "04-01", None),
        ("2025-04-01", "2025-03-01"): ("03-01", "04-01", None),
    }
    for (former, latter), window in last.items():
        rows = ask(
            lake,
            f"select distinct {day('changed_after')}, {day('changed_before')}, reason from memory_changes($a, $b)",
            a=former,
            b=latter,
        )
        assert rows == [window], (former, latter)
    assert difference(lake, "2025-03-01", "2025-02-01") == [("edited", "m1"), ("enabled", "m2")]


def test_a_list_that_does_not_tell_the_setting_is_no_flip(tmp_path: Path) -> None:
    """Nor does a difference of two texts need one."""
    lake = lake_of_lists(tmp_path, [listed("m1"), listed("m2", DOG)], [listed("m1", enabled=None), listed("m2", LYON)])
    assert difference(lake, "2025-02-01", "2025-03-01") == [("edited", "m2")]


def test_the_difference_to_and_from_an_empty_list(tmp_path: Path) -> None:
    """To it there is one fact, whichever came first; from it all that is there comes back."""
    lake = lake_of_lists(tmp_path, [listed("m1"), listed("m2", DOG)], [], [listed("m1"), listed("m3", LYON)])
    assert difference(lake, "2025-02-01", "2025-03-01") == [("list_emptied", None)]
    assert difference(lake, "2025-03-01", "2025-04-01") == [("list_returned", None), ("new", "m3"), ("restored", "m1")]
    assert difference(lake, "2025-02-01", "2025-04-01") == [("deleted", "m2"), ("new", "m3")]
    backwards = "select change_kind, {}, {} from memory_changes('2025-04-01', '2025-03-01')"
    assert ask(lake, backwards.format(day("changed_after"), day("changed_before"))) == [
        ("list_emptied", "03-01", "04-01")
    ]


def test_what_cannot_be_compared_says_so(tmp_path: Path) -> None:
    """No list on one side, or two accounts."""
    yours = monthly(tmp_path, [listed("m1")], day=9, user_id="user-2")
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, [listed("m1")], None), *yours)
    ids = dict(ask(lake, f"select {day('exported_at')}, export_id from exports"))
    nobody, nothing, other = (
        ask(
            lake,
            "select change_kind, memory_id, reason from memory_changes($former, $latter)",
            former=ids[former],
            latter=ids[latter],
        )
        for former, latter in (("02-01", "03-01"), ("03-01", "02-01"), ("02-01", "02-09"))
    )
    assert [row[:2] for row in (*nobody, *nothing, *other)] == [("not_comparable", None)] * 3
    assert nobody[0][2] == nothing[0][2] == f"{ids['03-01']}: no memory list in this export"
    assert other[0][2] == "they are of two accounts"


@pytest.mark.parametrize(
    ("selector", "date"),
    [("latest", "2025-04-01"), ("latest~2", "2025-02-01"), ("2025-03-31", "2025-03-01"), ("2025-03-01", "2025-03-01")],
)
def test_selectors_find_an_export(tmp_path: Path, selector: str, date: str) -> None:
    """The newest, one counted back from it, and the newest by the end of a day."""
    lake = lake_of_lists(tmp_path, [listed("m1")], None, [listed("m1")])
    found = ask(
        lake, "select strftime(exported_at, '%Y-%m-%d') from exports where export_id = export($it)", it=selector
    )
    assert found == [(date,)]


def test_an_account_selects_among_exports_of_several(tmp_path: Path) -> None:
    """Without one, words that fit an export of each are an error."""
    mine = monthly(tmp_path, [listed("m1")], [listed("m1")])
    yours = monthly(tmp_path, [listed("m1")], [listed("m1")], [listed("m1")], day=9, user_id="user-2")
    lake = lake_of(tmp_path / "lake", *mine, *yours)
    ((account_key,),) = ask(lake, "select account_key from exports group by all having count(*) = 2")
    for selector, date in (("latest", "03-01"), ("latest~1", "02-01"), ("2025-03-31", "03-01")):
        found = ask(
            lake,
            f"select {day('exported_at')} from exports where export_id = export($it, account := $account)",
            it=selector,
            account=account_key,
        )
        assert found == [(date,)]
        with pytest.raises(Exception, match="2 exports fit"):
            ask(lake, "select export($it)", it=selector)


def test_an_export_without_a_date_is_never_the_latest(tmp_path: Path) -> None:
    """Nor any before it; the middle of an id selects nothing."""
    undated = export_folder(tmp_path, "undated", user="user-1", memories=[listed("m1")])
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, [listed("m1")]), undated)
    ((export_id,),) = ask(lake, "select export_id from exports where exported_at is not null")
    assert ask(lake, "select export('latest'), export('2025-02-28')") == [(export_id, export_id)]
    with pytest.raises(Exception, match="no export fits"):
        ask(lake, "select export($middle)", middle=export_id[5:])


def test_an_id_or_its_beginning_selects_an_export(tmp_path: Path) -> None:
    """Undated exports too, which no date finds."""
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, "undated", memories=[listed("m1")]))
    ((export_id,),) = ask(lake, "select export_id from exports")
    assert ask(lake, "select export($it), export($part)", it=export_id, part=export_id[:6]) == [(export_id, export_id)]


@pytest.mark.parametrize("selector", ["latest~3", "2024-12-31", "zzz", "latest~", "", "2025-13-45"])
def test_a_selector_that_fits_no_export_or_several_is_an_error(tmp_path: Path, selector: str) -> None:
    """The message says what was asked for."""
    lake = lake_of_lists(tmp_path, [listed("m1")], None, [listed("m1")])
    with pytest.raises(Exception, match=r"exports? fits?") as caught:
        ask(lake, "select export($it)", it=selector)
    assert f'"{selector}"' in str(caught.value)
