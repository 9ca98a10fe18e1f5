"""Where sentences end, in several languages, and where a dot ends none."""

from __future__ import annotations

import pytest

from memlake.parsing.sentences import sentences


@pytest.mark.parametrize(
    "expected",
    [
        ["She moved to Lyon.", "She likes it!", "Does she?"],
        ["She met Dr. Meyer, e.g. at J. S. Bach's grave.", "It rained."],
        ["The run is 3.5 km long, on Python 3.12.", "Nice."],
        ["See memlake.example for more.", "Bye."],
        ["Ms. Lima waited 200 ms.", "She said no.", "It is No. 5 of Vol. 2."],
        ["Termin: 7. Mai.", "Beginn: 7 Uhr."],
        ["Er kommt am 3. März.", "Sie hat eine 8. Klasse.", "Sie ist 12.", "Danach ging sie."],
        ["Termin beim Amt: 7. Mai.", "Sie ist 9.", "Ben ist 4."],
        ["Das kostet 7,8 Mio. Euro z. B. im Mai.", "Gut."],
        ["A Sra. Lima mora em Braga.", "Gosta de ler."],
        ["Vive en Sevilla.", "¿Habla inglés?", "Sí."],
        ["Lives in Lyon. [stated]", "Rides a bike. [inferred] [old]", "Sings."],
        ['He asked "Can we? I doubt it." and left.', "Then silence."],
        ["He said “No. Never.” and left.", "Then silence."],
        ["Er sagte „Nein. Nie.“ und ging.", "Dann Stille."],
        ["Uses **Go.**", "And *Rust.*", "(Also C.)", "Done…", "Really."],
        ["He has an iPhone.", "iOS 19 is next."],
        ["Waits... and waits.", "Then goes."],
    ],
    ids=lambda expected: expected[0],
)
def test_sentences_are_cut_at_their_ends_only(expected: list[str]) -> None:
    """Joined by spaces they come apart again, except before a word in lower case."""
    text = " ".join(expected)

    merged = ["He has an iPhone. iOS 19 is next."] if "iOS" in text else expected
    assert sentences(text) == merged


def test_scripts_without_spaces_end_sentences_without_spaces() -> None:
    """A quotation goes on after its closing mark."""
    expected = ["日本語です。", "「はい。」と言った。", "次。[stated]", "「終わり。」"]

    assert sentences("日本語です。「はい。」と言った。次。[stated]「終わり。」") == expected
    assert sentences("「終わり。」 次。") == ["「終わり。」", "次。"]


def test_what_stands_alone_without_a_word_belongs_to_what_is_before() -> None:
    """Nothing is lost, and nothing is a sentence that says nothing."""
    assert sentences("She sings. 🎵🎶") == ["She sings. 🎵🎶"]
    assert sentences("She sings. (since 2019)") == ["She sings. (since 2019)"]
    assert sentences("") == []
    assert sentences("...") == ["..."]


def test_a_quotation_that_never_ends_does_not_hold_everything_together() -> None:
    """One stray mark, and still there are sentences after a while."""
    text = 'The screen is 5" wide. ' + "It is so. " * 200

    assert 1 < len(sentences(text)) < 150
