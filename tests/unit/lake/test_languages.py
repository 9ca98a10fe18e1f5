"""The language of a short text, by its script or its small words."""

from __future__ import annotations

import pytest

from memlake.lake.analysis import words_of
from memlake.lake.languages import function_words, language_of_script, languages_of, languages_said

TEXTS = {
    "ar": "يعزف على آلة التشيلو",
    "de": "Ich wohne mit meiner Familie in einem Haus auf dem Land",
    "el": "Παίζει βιολοντσέλο",
    "en": "I live in a house with my family",
    "es": "Vivo con mi familia en una casa que es muy vieja",
    "fr": "Je suis dans une maison avec ma famille et nous avons un chien",
    "it": "Non sono di Roma ma il mio cane è nella casa",
    "ja": "チェロを弾く",
    "ko": "첼로를 연주한다",
    "pt": "Eu não tenho um gato mas minha avó tem uns",
    "ru": "Я живу в доме и меня зовут Иван",
    "ta": "நான் செல்லோ வாசிக்கிறேன்",
    "zh": "我拉大提琴",
}


def languages(*texts: str) -> list[str]:
    """Return the languages of texts that one person has."""
    return languages_of(texts, [words_of(text) for text in texts])


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_is_in_its_language(language: str) -> None:
    """Whatever the others are in."""
    assert languages(TEXTS[language], TEXTS["fr"], TEXTS["fr"])[0] == language


@pytest.mark.parametrize("text", ["", "Utrecht 1999", "???", "🎻", "de"])
def test_what_tells_nothing_is_in_the_usual_language(text: str) -> None:
    """A name, a number, or a word that many languages have."""
    assert languages(text, TEXTS["pt"], TEXTS["pt"], TEXTS["en"])[0] == "pt"
    assert languages(text) == ["en"]


def test_no_text_has_no_language() -> None:
    """An account may have no memory."""
    assert languages() == []


def test_small_words_are_spelled_as_the_index_spells_them() -> None:
    """Without accents; unknown languages have none."""
    assert "nao" in function_words("pt")
    assert "não" not in function_words("pt")
    assert function_words("xx") == frozenset()


def test_the_languages_of_an_archive_are_those_of_its_small_words() -> None:
    """English always; of others a third of the words that they share with one other at most."""
    said = dict.fromkeys(function_words("de"), 3)
    assert languages_said(lambda word: said.get(word, 0), 1_000) == ("de", "en")
    assert languages_said(lambda word: said.get(word, 0), 10_000) == ("en",)
    assert languages_said(lambda _: 0, 0) == ("en",)


@pytest.mark.parametrize(("word", "language"), [("λόγος", "el"), ("عربي", "ar"), ("dog", None), ("новый", None)])
def test_some_letters_are_of_one_language(word: str, language: str | None) -> None:
    """Cyrillic and Latin ones are of many."""
    assert language_of_script(word) == language
