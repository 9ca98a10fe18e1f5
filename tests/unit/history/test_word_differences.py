"""The words in which two texts differ."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memlake.history.words import Span, word_differences

TEXTS = st.text(alphabet="ab -\n'é\u0301\u200d日本ไม้🙂", max_size=40)


def drawn(spans: tuple[Span, ...]) -> str:
    """Return spans as word diffs are written."""
    signs = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(signs[span.kind].format(span.text) for span in spans)


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("a four-year-old dog.", "a five-year-old dog.", "a [-four-]{+five+}-year-old dog."),
        ("I like tea.", "I like tea.", "I like tea."),
        ("Likes tea and milk.", "Likes tea.", "Likes tea[- and milk-]."),
        ("Lives in Lyon.", "Lives alone in Lyon.", "Lives{+ alone+} in Lyon."),
        ("likes red big cats a lot", "likes blue small cats a lot", "likes [-red big-]{+blue small+} cats a lot"),
        ("我喜欢喝绿茶和咖啡", "我喜欢喝红茶和咖啡", "我喜欢喝[-绿-]{+红+}茶和咖啡"),
        ("ชอบชา", "ชอบน้ำชา", "ชอบ{+น้ำ+}ชา"),
        ("나는 녹차를 자주 마신다", "나는 홍차를 자주 마신다", "나는 [-녹차를-]{+홍차를+} 자주 마신다"),
        ("café noir le matin", "cafe noir le matin", "[-café-]{+cafe+} noir le matin"),
        ("Likes tea.", "Has moved to Lyon with a dog.", "[-Likes tea.-]{+Has moved to Lyon with a dog.+}"),
        ("", "x", "{+x+}"),
        ("x", "", "[-x-]"),
        ("", "", ""),
    ],
)
def test_changed_words_are_marked(before: str, after: str, difference: str) -> None:
    """Words, or single signs where a script has no spaces; texts with little in common differ as a whole."""
    assert drawn(word_differences(before, after)) == difference


@given(before=TEXTS, after=TEXTS)
def test_the_spans_hold_both_texts(before: str, after: str) -> None:
    """Without what is new they are the text before, without what is gone the text after; none is empty."""
    spans = word_differences(before, after)

    assert "".join(span.text for span in spans if span.kind != "new") == before
    assert "".join(span.text for span in spans if span.kind != "gone") == after
    assert all(span.text for span in spans)


def test_marks_stay_with_their_letter() -> None:
    """An accent or a joiner never stands at the beginning of a span: it would join the sign around it."""
    spans = word_differences("see e\u0301 there now", "see e\u0300 there now")

    assert drawn(spans) == "see [-e\u0301-]{+e\u0300+} there now"


def test_very_long_texts_take_no_time() -> None:
    """A text of a hostile length differs as a whole instead of keeping the reader waiting."""
    before, after = "a b " * 50_000, "b a " * 50_000
    begun = time.perf_counter()

    spans = word_differences(before, after)

    assert spans == (Span("gone", before), Span("new", after))
    assert time.perf_counter() - begun < 5
