"""Another thing of the same kind, an opposite, and what was so once."""

from __future__ import annotations

import pytest

from memlake.history.prose.facts import Context, fact_change
from memlake.history.prose.kinds import is_former, kind_changed
from memlake.history.prose.languages import statement_language


@pytest.mark.parametrize(
    ("language", "before", "after", "told"),
    [
        ("en", "Has a dog called Miso.", "Has a cat called Miso.", ("dog", "cat")),
        ("en", "Her sister in Malmö has twins.", "Her sister in Malmö has triplets.", ("twins", "triplets")),
        ("en", "The team has grown to seven.", "The team has shrunk to seven.", ("grown", "shrunk")),
        ("en", "Tiago starts a job in Lyon.", "Tiago lost a job in Lyon.", ("starts", "lost")),
        ("de", "Bevorzugt kurze Antworten auf Deutsch.", "Möchte lange Antworten auf Deutsch.", ("kurze", "lange")),
        ("de", "Sein Bruder wohnt in Bonn.", "Seine Schwester wohnt in Bonn.", ("Bruder", "Schwester")),
        ("es", "Tiene un perro llamado Miso.", "Tiene un gato llamado Miso.", ("perro", "gato")),
        ("es", "Prefiere respuestas cortas.", "Prefiere respuestas largas.", ("cortas", "largas")),
        ("ja", "犬のポチを飼っている。", "猫のポチを飼っている。", ("犬", "猫")),
        ("ja", "短い回答を希望している。", "長い回答を希望している。", ("短い", "長い")),
        ("ar", "يفضل المستخدم الإجابات القصيرة.", "يفضل المستخدم الإجابات الطويلة.", ("قصير", "طويل")),
    ],
)
def test_another_of_its_kind_is_told(language: str, before: str, after: str, told: tuple[str, str]) -> None:
    """In its own words, whichever came first."""
    assert kind_changed(before, after, language=language) == told
    assert kind_changed(after, before, language=language) == told[::-1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Has a dog and a cat.", "Keeps a cat, and a dog too."),
        ("Has a dog called Miso.", "Miso, a beagle, is her dog."),
        ("Prefers short answers.", "Prefers no long answers."),
        ("Has a dog called Miso.", "Likes tea with milk."),
        ("Her father lives alone in Porto.", "The sister of Ana teaches maths."),
        ("保護犬を飼っている。", "保護猫の本を読む。"),
    ],
)
def test_both_or_another_matter_is_no_change(before: str, after: str) -> None:
    """What both name, what one of them denies, and statements that have nothing else in common."""
    assert kind_changed(before, after, language="en") is None


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Is a nurse in Leeds.", "Used to be a nurse in Leeds.", "Used to"),
        ("Wohnt in Bonn.", "Wohnte früher in Bonn.", "früher"),
        ("Es enfermera en Leeds.", "Antes era enfermera en Leeds.", "Antes era"),
        ("仙台に住んでいる。", "以前は仙台に住んでいた。", "以前は"),
    ],
)
def test_what_was_so_once_is_no_longer_so(before: str, after: str, said: str) -> None:
    """Unless the other says it in the past as well."""
    assert is_former(before, after) == is_former(after, before) == said
    assert is_former(after, after) is None


def test_the_past_in_other_words_is_no_end() -> None:
    """A verb may say by its form alone that it was so once."""
    assert is_former("Worked in a bakery.", "Used to work in a bakery.") is None
    assert is_former("Works in a bakery.", "Has a job in a bakery.") is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("يعيش المستخدم في القاهرة ويحب الشاي.", "يعيش المستخدم في الإسكندرية ويحب الشاي."),
        ("المستخدم يستخدم بايثون في العمل.", "المستخدم لا يستخدم بايثون في العمل."),
    ],
)
def test_a_place_and_a_denial_are_told_in_arabic(before: str, after: str) -> None:
    """It has no capitals, and writes "and" together with the next word."""
    context = Context.of([before, after])

    assert context.language == "ar"
    assert fact_change(before, after, context) is not None


@pytest.mark.parametrize(
    ("text", "otherwise", "language"),
    [
        ("La usuaria vive en Sevilla y tiene dos gatos.", "de", "es"),
        ("No me llames señor.", "de", "es"),
        ("Benutzer bevorzugt kurze Antworten auf Deutsch.", "es", "de"),
        ("Likes tea and the sea.", "es", "en"),
        ("Jazz.", "es", "es"),
    ],
)
def test_a_statement_may_be_in_a_language_of_its_own(text: str, otherwise: str, language: str) -> None:
    """Where nothing tells it, it is in that of the others."""
    assert statement_language([text], otherwise=otherwise) == language
