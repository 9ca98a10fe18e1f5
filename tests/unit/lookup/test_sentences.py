"""Sentences of messages: where they stand, with their words, however long and odd a message is."""

from __future__ import annotations

import pytest

from memlake.lookup.sentences import CLOSELY_READ_CHARACTERS, sentences_of


def pieces(text: str) -> list[str]:
    """Return the sentences of one text as they stand in it."""
    return [text[sentence.start : sentence.end] for sentence in sentences_of([text])[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t ", []),
        ("... !!! ---", []),
        ("Hello", ["Hello"]),
        ("Hello there. How are you? Fine!", ["Hello there.", "How are you?", "Fine!"]),
        ('He said "stop." Then he left.', ['He said "stop.', "Then he left."]),
        ("one\n\ntwo\nthree", ["one", "two", "three"]),
        ("你好。我很好。再见", ["你好。", "我很好。", "再见"]),
        ("It costs 3.14 euros, e.g. at home", ["It costs 3.14 euros, e.g.", "at home"]),
    ],
)
def test_texts_are_cut_where_sentences_end(text: str, expected: list[str]) -> None:
    """What has no word is no sentence."""
    assert pieces(text) == expected


def test_words_are_spelled_as_the_index_spells_them() -> None:
    """One sentence a text, each with its own words."""
    one, other = sentences_of(["Café!", "Two WORDS"])
    assert (one[0].words, other[0].words) == (("cafe",), ("two", "words"))


def test_what_has_no_end_is_cut_at_spaces() -> None:
    """Nothing is lost."""
    text = " ".join(["abcdefg"] * 300)
    found = pieces(text)

    assert "".join(found) == text
    assert max(len(piece) for piece in found) <= 400
    assert all(piece.startswith(" ") for piece in found[1:])


def test_what_has_no_spaces_is_cut_anywhere() -> None:
    """Scripts without spaces lose a pair of characters at the border, no more."""
    text = "日本語" * 300
    found = pieces(text)
    assert "".join(found) == text
    assert max(len(piece) for piece in found) == 400


@pytest.mark.parametrize("piece", ["A line.\n", "word "])
def test_of_an_endless_text_what_is_far_behind_is_left_out(piece: str) -> None:
    """With or without ends of sentences; all before it is there."""
    text = piece * (2 * CLOSELY_READ_CHARACTERS // len(piece))
    found = sentences_of([text])[0]
    assert CLOSELY_READ_CHARACTERS - len(piece) <= found[-1].end <= CLOSELY_READ_CHARACTERS
    assert sum(len(sentence.words) for sentence in found) >= CLOSELY_READ_CHARACTERS // len(piece)
