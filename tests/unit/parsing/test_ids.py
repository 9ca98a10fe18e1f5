"""Ids that are there and differ, and addresses made of them."""

from __future__ import annotations

import pytest

from memlake.parsing.ids import address, unique_ids


@pytest.mark.parametrize(
    ("stated", "ids"),
    [
        (["a", "b", "c"], ["a", "b", "c"]),
        (["a", None, 7], ["a", "2", "7"]),
        (["a", "a", ""], ["a", "2", "3"]),
        (["2", "2", {}], ["2", "2~", "3"]),
        (["3", "2", None], ["3", "2", "3~"]),
        (["3", "3~", []], ["3", "3~", "3~~"]),
    ],
)
def test_missing_and_repeated_ids_give_way_to_spares(stated: list[object], ids: list[str]) -> None:
    """The first that bears an id keeps it; a spare that is taken, too, is made longer."""
    assert unique_ids(stated, ["1", "2", "3"]) == ids


def test_nothing_needs_no_ids() -> None:
    """As in a conversation without messages."""
    assert unique_ids([], []) == []


def test_address_holds_the_id_as_a_browser_needs_it() -> None:
    """What is too long to be an id gives none."""
    assert address("https://a.example/", "b c/d") == "https://a.example/b%20c%2Fd"
    assert address("https://a.example/", "x" * 201) is None
