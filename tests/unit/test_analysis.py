"""The words of a text, as the search index and its queries know them."""

from __future__ import annotations

import polars as pl
import pytest

from memlake.lake.analysis import MAX_WORD_CHARS, analysis_version, stemmer, tokens, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The user's DOG", "the user's dog"),
        ("don't I'm we've they\u2019ll", "don't i'm we've they'll"),
        ("l'\u00e9cole d'accord rock'n'roll", "l ecole d accord rock n roll"),
        ("x = f'data'", "x f data"),
        ("snake_case __init__ _emphasis_ ____", "snake_case init emphasis"),
        ("3.14 1,000 10,5 1. 2026-01-12", "3.14 1,000 10,5 1 2026 01 12"),
        ("C++ c# F# (g++) c++17", "c++ c# f# g++ c++ 17"),
        ("a+b 1+1 # heading #3", "a b 1 1 heading 3"),
        (".NET and (.env)", ".net net and .env env"),
        ("foo.net end.Next", "foo net end next"),
        ("well-known e-mail", "well known e mail"),
        (
            "S\u00e3o Paulo, Stra\u00dfe, \u0141\u00f3d\u017a, \u03bb\u03cc\u03b3\u03bf\u03c2",
            "sao paulo strasse lodz λογος",
        ),
        ("e\u0301te\u0301 \u0301", "ete"),
        ("новый ёж", "новый ёж"),
        ("ﬁne \uff46\uff55\uff4c\uff4c Ⅳ", "fine full iv"),
        ("İstanbul \u0131l\u0131k", "istanbul ilik"),
        ("हिन्दी العربية", "हिन्दी العربية"),
    ],
)
def test_words_are_what_people_search_for(text: str, words: str) -> None:
    """Lower case, one spelling, without accents of Latin and Greek letters."""
    assert words_of(text) == words.split()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("日本語", "日本 本語"),
        ("猫", "猫"),
        ("猫 犬a鳥", "a 猫 犬 鳥"),
        ("東京タワー", "東京 京タ タワ ワー"),
        ("go日本go", "go go 日本"),
        ("한국어", "한국 국어"),
        ("ไทย", "ไท ทย"),
        ("ｶﾞｷﾞ", "ガギ"),
    ],
)
def test_scripts_without_spaces_become_pairs(text: str, words: str) -> None:
    """Behind the other words; runs of one character stay."""
    assert sorted(words_of(text)) == sorted(words.split())


@pytest.mark.parametrize("text", ["", " \n\t", "😀 🎉🎉", "\0", "— … “”", "\ufffd\ufffd", "+ # . ' _"])
def test_a_text_without_letters_has_no_words(text: str) -> None:
    """Emoji, controls, punctuation and what stands for half a surrogate pair."""
    assert words_of(text) == []


def test_what_stands_between_words_parts_them() -> None:
    """NUL and the replacement of a lone surrogate are no letters."""
    assert words_of("a\0b\ufffdc") == ["a", "b", "c"]


def test_a_word_of_many_characters_is_dropped() -> None:
    """One at the limit stays, whatever its size in bytes."""
    kept = "д" * MAX_WORD_CHARS
    assert words_of(f"{kept} {kept}д {'a' * 1_000_000}") == [kept]


def test_every_text_keeps_its_row() -> None:
    """Also beside texts of other scripts, empty ones and nulls."""
    texts = pl.Series("text", ["one", None, "日本 two", "", "three"], dtype=pl.String)

    found = tokens(texts)

    assert found.to_list() == [["one"], [], ["two", "日本"], [], ["three"]]
    assert found.dtype == pl.List(pl.String)


def test_no_texts_have_no_words() -> None:
    """The type is that of any other answer."""
    found = tokens(pl.Series([], dtype=pl.String))
    assert (found.len(), found.dtype) == (0, pl.List(pl.String))


def test_words_are_found_in_their_own_words() -> None:
    """Analysis of a word gives the word: queries may be analysed twice."""
    words = words_of("don't C++ snake_case 3.14 São 1,000")
    assert words_of(" ".join(words)) == words


def test_a_stemmer_takes_endings_off() -> None:
    """By ISO 639-1 names."""
    assert {stemmer("en")(word) for word in ("run", "runs", "running")} == {"run"}
    assert stemmer("de")("katzen") == stemmer("de")("katze")


@pytest.mark.parametrize("language", ["xx", "ja", ""])
def test_an_unknown_language_has_no_endings(language: str) -> None:
    """Words stay as they are."""
    assert stemmer(language)("running") == "running"


def test_the_version_is_a_hash() -> None:
    """It stands in the stamp of an index."""
    assert len(analysis_version()) == 16


def test_many_texts_give_the_same_words_as_few() -> None:
    """They are shared out between two threads, and stay in their order."""
    texts = [f"number {count} of 東京 and São Paulo" for count in range(2_500)]
    assert (
        tokens(pl.Series(texts)).to_list()
        == [words_of(text) for text in texts[:5]]
        + tokens(pl.Series(texts[5:1_900])).to_list()
        + tokens(pl.Series(texts[1_900:])).to_list()
    )
