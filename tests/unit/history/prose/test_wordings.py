"""Statements made comparable."""

from __future__ import annotations

import pytest

from memlake.history.prose.folding import fold
from memlake.history.prose.wordings import Weights, wording


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élan Vital", "elan vital"),
        ("Straße", "strasse"),
        ("It\u2019s", "it's"),
        ("がんばる", "がんばる"),
        ("커피", "커피"),
    ],
)
def test_folded_text_has_no_case_and_no_accents(text: str, folded: str) -> None:
    """Marks that make another letter, as in Japanese, stay; Korean syllables stay whole."""
    assert fold(text) == folded


def test_markup_and_tags_are_no_part_of_a_wording() -> None:
    """Bold, code, and what tells how something is known."""
    assert wording("**Leads** a `team` [stated]").plain == "Leads a team"


def test_inflected_words_have_most_in_common() -> None:
    """Words are also compared by their parts."""
    weights = Weights([wording("keeps bees"), wording("keeping a beehive"), wording("sails")])

    alike = weights.likeness(wording("keeps bees"), wording("keeping a beehive"))

    assert alike > weights.likeness(wording("keeps bees"), wording("sails")) == 0


def test_rare_words_count_more_than_frequent_ones() -> None:
    """What every statement of an account has tells nothing about any of them."""
    texts = ("ada likes cellos", "ada likes rain", "ada likes bees", "kim plays cellos")
    weights = Weights(map(wording, texts))

    assert weights.likeness(*map(wording, (texts[0], texts[3]))) > weights.likeness(*map(wording, texts[:2]))


def test_number_is_a_piece_in_any_spelling() -> None:
    """So that "6割" and "60%" are recognised."""
    weights = Weights(map(wording, ("約60%", "6割ほど", "七つ")))

    assert weights.likeness(wording("約60%"), wording("6割ほど")) > weights.likeness(wording("約60%"), wording("七つ"))


def test_text_without_words_is_like_nothing() -> None:
    """Not even like itself: there is nothing to recognise."""
    assert Weights([]).likeness(wording("—"), wording("—")) == 0
