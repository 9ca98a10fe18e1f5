"""Redaction of whatever text: it ends, hides what it found, and says the same each time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memlake.packs.categories import CATEGORIES, categorise
from memlake.packs.private import CLASSES, Detector
from memlake.packs.redaction import Redactor

DETECTOR = Detector()
PIECES = [
    *("The wifi password is tulip77! ", "PIN 4711 ", "Has asthma. ", "Owes 500 € ", "pw=", "key: ", "\n", " ", ". "),
    *("AKIAZ7ZNI4UXLZT64G3R", "postgres://a:b", "@c", "eyJ", "-----BEGIN PRIVATE KEY-----", "DE89370400440532013000"),
    *(
        "パスワードは",
        "暗証番号は4085",
        "糖尿病",
        "年収",
        "。",
        "「",
        "」",
        "مرحبا",
        "\u202e",
        "שלום",
        "\0",
        "😀",
        "ß",
        "İ",
    ),
    *("4111 1111 1111 1111", "9" * 40, "recovery codes: a1b2-c3d4, ", "seed phrase ", "word " * 13, "'", '"', "“"),
]
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
MANY = settings(max_examples=150, deadline=None)


@given(TEXTS)
@MANY
def test_nothing_of_a_withheld_span_is_left(text: str) -> None:
    """What a placeholder stands for is nowhere in what is left, as far as it is a word of more than three signs."""
    found = Redactor(DETECTOR, CLASSES).redact(text)

    kept = [text[before.end : after.start] for before, after in zip(found.spans, found.spans[1:], strict=False)]
    ends = [text[: found.spans[0].start], text[found.spans[-1].end :]] if found.spans else [text]
    for span in DETECTOR.find(text, ["passwords"]):
        secret = text[span.start : span.end]
        alone = re.compile(rf"(?<!\w){re.escape(secret)}(?!\w)")
        assert len(secret) < 4 or not any(alone.search(piece) for piece in [*kept, *ends])


@given(st.lists(TEXTS, max_size=4))
@MANY
def test_redaction_repeats_itself(texts: list[str]) -> None:
    """Two redactors say the same; what is not private is untouched, what is has a placeholder."""
    one, other = Redactor(DETECTOR, CLASSES), Redactor(DETECTOR, CLASSES)

    for text in texts:
        found = one.redact(text)
        assert found == other.redact(text)
        assert found == one.redact(text)
        assert (found.text == text) == (not found.spans)


@given(TEXTS)
@MANY
def test_spans_are_in_order_inside_the_text(text: str) -> None:
    """Whatever is asked for; all together cover what each class has."""
    together = DETECTOR.find(text)
    covered = {place for span in together for place in range(span.start, span.end)}

    ends = [0, *(end for span in together for end in (span.start, span.end)), len(text)]
    assert ends == sorted(ends)
    for label in CLASSES:
        assert {place for span in DETECTOR.find(text, [label]) for place in range(span.start, span.end)} <= covered


@given(TEXTS)
@MANY
def test_every_text_has_a_category_and_a_reason(text: str) -> None:
    """The same each time."""
    found = categorise(text)

    assert found.category in CATEGORIES
    assert found.reason
    assert categorise(text) == found


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a",
            "1",
            "1 ",
            "0.",
            "-",
            "- ",
            "aA",
            "A1",
            "é",
            "あ",
            "ー",
            "「",
            '"',
            "'",
            "eyJ-",
            "://",
            "a:",
            "sk-",
            "@",
            "\0",
            " ",
        ),
        *(
            "-----BEGIN PRIVATE KEY-----",
            "password ",
            "password:",
            "pin 1 ",
            "key=",
            "login / ",
            "word ",
            "GB29",
            "[",
            "is ",
        ),
        *(
            "not ",
            "? ",
            ".\n",
            "[x] - ",
            "1. ",
            "seed a b ",
            "http://a:b",
            "=",
            "AKIA",
            "4 ",
            "暗証番号",
            "は",
            "\u202e",
            "א",
        ),
    ],
)
def test_a_text_made_to_be_slow_ends(piece: str) -> None:
    """No pattern tries the same again and again: twenty thousand signs of one kind are read like any others."""
    text = (piece * 20_000)[:20_000]

    for end in ("", "!", " x", "\n"):
        assert Redactor(DETECTOR, CLASSES).redact(text + end) is not None
        assert categorise(text + end).category in CATEGORIES
