"""The lexicon: phrases are found in the language of a text, whatever its case and accents."""

from __future__ import annotations

import pytest

from memlake.packs.lexicon import Hit, Lexicon, fold, quoted, tokens

LEXICON = Lexicon(
    {
        "tea": {"en": "tea, cup of tea", "fr": "thé", "ja": "お茶"},
        "drink": {"en": "drink*", "de": "trink*, *getränk", "es": "bebe"},
        "order": {"en": "^ drink, ^ please, ^ no * tea", "any": "C++"},
    }
)


def names(text: str) -> list[str]:
    """Return what a text holds, in order."""
    return [hit.name for hit in LEXICON.find(text).hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He likes the TEA.", ["tea"]),
        ("a cup of tea", ["tea", "tea"]),
        ("She is drinking it", ["drink"]),
        ("Er trinkt das Lieblingsgetränk.", ["drink", "drink"]),
        ("the the the", []),
        ("Le THÉ est dans la cuisine", ["tea"]),
        ("お茶が好き", ["tea"]),
        ("Ｃ++ を使う", ["order"]),
        ("", []),
    ],
)
def test_phrases_are_found_in_their_language(text: str, found: list[str]) -> None:
    """Case, accents and wide letters do not matter; French tea is no English article."""
    assert names(text) == found


def test_a_caret_is_the_beginning_of_a_sentence() -> None:
    """Behind a full stop, a colon, a bullet or a date, too, but not in the middle."""
    assert names("Drink it. I said: please drink") == ["order", "drink", "order", "drink"]
    assert "order" in names("- [2025-01-01] - Please")
    assert "order" not in names("I please the cat")


def test_a_lone_star_is_any_word() -> None:
    """Only one, and there must be one."""
    assert "order" in names("No green tea")
    assert "order" not in names("No tea")
    assert "order" not in names("No very green tea")


def test_a_text_that_tells_no_language_is_read_in_all() -> None:
    """A fragment may be in any."""
    assert LEXICON.find("bebe").hits == [Hit("drink", 0, 4, 0)]


@pytest.mark.parametrize(
    ("text", "language"),
    [("언어", "ko"), ("语言", "zh"), ("ことば", "ja"), ("Straße", "de"), ("año", "es"), ("não", "pt"), ("être", "fr")],
)
def test_letters_tell_a_language(text: str, language: str) -> None:
    """Writing, and letters that only one language has."""
    assert language in LEXICON.find(text).languages


def test_sentences_are_counted() -> None:
    """A dot inside a number or name ends none."""
    found = [(token.text, token.sentence) for token in tokens("Version 3.12 works. Node.js; too") if token.text != "^"]
    assert found == [("version", 0), ("3", 0), ("12", 0), ("works", 0), ("node", 1), ("js", 1), ("too", 2)]


def test_folding_keeps_places() -> None:
    """One letter for each, also where there would be two or none."""
    for text in ("Straße İstanbul ﬁn ½ ǅ", "日本語ガ", "\0\u202e😀", "É" * 1_000):
        assert len(fold(text)) == len(text)


def test_words_that_decided_are_quoted_once() -> None:
    """Three at most, and no long ones."""
    text = "tea tea coffee juice " + "m" * 100
    hits = [Hit("x", start, end, 0) for start, end in [(0, 3), (4, 7), (8, 14), (15, 20), (21, 121)]]
    assert quoted(text, hits) == "“tea”, “coffee”, “juice”"
    assert len(quoted(text, hits[-1:])) <= 62


def test_many_words_are_not_kept_for_ever() -> None:
    """What was looked up before is forgotten at some time, and found again."""
    lexicon = Lexicon({"a": {"any": "word*"}})
    for number in range(20_100):
        lexicon.find(f"word{number}")
    assert [hit.name for hit in lexicon.find("word1").hits] == ["a"]
