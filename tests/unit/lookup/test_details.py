"""Details of a memory that somebody must have said: numbers and given names."""

from __future__ import annotations

import pytest

from memlake.lookup.details import details, lacking


@pytest.mark.parametrize(
    ("memory", "expected"),
    [
        ("The notice period is 60 days.", {"60"}),
        ("Looks for a flat of at most 1,250 euros.", {"1,250"}),
        ("Has lived in Lyon since 2025.", set()),
        ("Gets up at 6:45 since 2019.", {"6:45"}),
        ("User's sourdough starter is called Batata.", {"batata"}),
        ("Die Katze heißt Mokka.", {"mokka"}),
        ("Su perra se llama Lluvia.", {"lluvia"}),
        ("Son bateau s\u2019appelle “Mistral”.", {"mistral"}),
        ("A gata chama-se Pipoca.", {"pipoca"}),
        ("犬はモカという名前。", {"犬はモカ"}),
        ("他的狗名叫豆豆", {"豆豆"}),
        ("User likes tea.", set()),
    ],
)
def test_numbers_and_names_are_details(memory: str, expected: set[str]) -> None:
    """Years are none: everybody works out by themselves which one was meant."""
    assert details(memory) == expected


def test_what_no_text_says_is_lacking() -> None:
    """In any case; a number is no part of another one."""
    assert lacking({"60", "batata", "9"}, ["Call it BATATA!", "It has 600 clauses, the ninth is 9."]) == {"60"}


def test_without_texts_all_is_lacking() -> None:
    """As before the first message of a chat."""
    assert lacking({"60"}, []) == {"60"}
