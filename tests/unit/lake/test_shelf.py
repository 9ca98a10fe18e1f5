"""Short texts that are searched without an index on disk."""

from __future__ import annotations

import pytest

from memlake.lake.analysis import stemmer
from memlake.lake.fulltext_asking import Forms
from memlake.lake.shelf import Shelf

TEXTS = ["My dog", "Dogs and a cat", "", "黒猫が好き", "猫", "A catalogue of cats"]


@pytest.mark.parametrize(
    ("needed", "places"),
    [
        ([Forms(weights={"dog": 1.0})], [0]),
        ([Forms(weights={"dog": 1.0, "dogs": 0.7})], [0, 1]),
        ([Forms(weights={"dogs": 1.0}), Forms(weights={"cat": 1.0})], [1]),
        ([Forms(weights={}, beginning="cat")], [1, 5]),
        ([Forms(weights={}, beginning="zebra")], []),
        ([Forms(weights={}, character="猫")], [3, 4]),
        ([Forms(weights={"nowhere": 1.0})], []),
        ([], [0, 1, 2, 3, 4, 5]),
    ],
)
def test_texts_are_found_by_their_words(needed: list[Forms], places: list[int]) -> None:
    """All that is needed, in any of its forms."""
    assert Shelf(TEXTS).having(needed) == places


@pytest.mark.parametrize(("word", "forms"), [("dog", ["dog", "dogs"]), ("zebra", []), ("a", [])])
def test_forms_are_those_that_somebody_wrote(word: str, forms: list[str]) -> None:
    """A word too short to look around has none."""
    assert Shelf(TEXTS).variants(word, stemmer("en")) == forms


def test_a_shelf_without_texts_has_nothing() -> None:
    """As that of a lake without memories."""
    shelf = Shelf([])
    assert (shelf.having([]), shelf.words_beginning("a")) == ([], [])
