"""Texts of any origin are shown without a terminal obeying them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.hostile import steering_characters

from memlake.text import inert_line, inert_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "␛[31m"),
        ("a\x00b\x07c\x7f", "a␀b␇c␡"),
        ("\x9b2J", "\\x9b2J"),
        ("\u202eabc\u202c", "\\u202eabc\\u202c"),
        ("half \ud83d", "half \\ud83d"),
        ("over\rwritten", "over␍written"),
        ("line\r\nline\u2028line", "line\nline\\u2028line"),
    ],
)
def test_steering_characters_are_spelled_out(text: str, shown: str) -> None:
    """What would steer a terminal becomes visible where it stands."""
    assert inert_text(text) == shown


@pytest.mark.parametrize(
    "text", ["Olá, São João", "日本語 한국어", "👩‍👩‍👧 family", "tab\tand\nline", "שלום", "[red] <b>"]
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    """Letters of any script, joined emoji, line breaks and brackets are not touched."""
    assert inert_text(text) == text


@given(st.text(st.characters(exclude_categories=())))
def test_no_text_keeps_a_steering_character(text: str) -> None:
    """Whatever a text holds, nothing in it steers a terminal, and it can be encoded."""
    shown = inert_text(text)

    assert steering_characters(shown) <= {"\t"}
    shown.encode()


def test_a_line_has_no_line_breaks() -> None:
    """A title cannot forge a second line of output."""
    assert inert_line(" a title\nforged:\t line\u2028x ") == "a title forged: line\\u2028x"
