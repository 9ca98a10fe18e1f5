"""What somebody types into a search, and what it means."""

from __future__ import annotations

import pytest

from memlake.errors import UsageError
from memlake.query.search_language import Term, parse


def told(text: str) -> list[str]:
    """Return the terms in short: `-` barred, `"…"` exact, `…*` a beginning, `=…` signs, `~…` unspaced."""
    return [_told(term) for term in parse(text)]


def _told(term: Term) -> str:
    words = " ".join(term.words)
    shown = f"={term.signs}" if term.signs else f"~{term.unspaced}({words})" if term.unspaced else words
    exact = f'"{shown}"' if term.is_exact and not term.unspaced else shown
    return f"{'-' * term.is_barred}{exact}{'*' * term.is_beginning}"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("cello Dog", ["cello", "dog"]),
        ("dog dog DOG", ["dog"]),
        ('"my dog" cat', ['"my dog"', "cat"]),
        ("“my dog” «cat» „fish”", ['"my dog"', '"cat"', '"fish"']),
        ('"dog', ['"dog"']),
        ('dog "', ["dog"]),
        ('dog "" cat', ["dog", "cat"]),
        ('5"disk', ["5 disk"]),
        ("beag*", ["beag*"]),
        ("**bold**", ["bold"]),
        ("a*b", ["a b"]),
        ("back-end*", ["back end*"]),
        ('"beag*"', ['"beag"']),
        ("dog -cat", ["dog", "-cat"]),
        ('dog -"my cat"', ["dog", '-"my cat"']),
        ("dog -cat*", ["dog", "-cat*"]),
        ("dog ->", ["dog", "=->"]),
        ("???", ["=???"]),
        ('"-> x <-"', ['"x"']),
        ("-", ["=-"]),
        ("😀🎉", ["=😀🎉"]),
        ("C++ C# C", ["c++", "c#", "c"]),
        ("don't node.js backend-services", ["don't", "node js", "backend services"]),
        ("python: x", ["python", "x"]),
        ("AND OR NOT", ["and", "or", "not"]),
        ("日本語", ["~日本語(日本 本語)"]),
        ("「日本」", ["~日本(日本)"]),
        ("猫", ["~猫()"]),
        ("។", ["~។()"]),
        ("㍿", ["~株式会社(株式 式会 会社)"]),
        ("go日本", ["~go日本(日本)"]),
        ("ｶﾞｷﾞ", ["~ガギ(ガギ)"]),
        ("-猫 犬", ["-~猫()", "~犬()"]),
        ("x" * 65, ["=" + "x" * 65]),
        ("\udcff", ["=\ufffd"]),
        ("São", ["sao"]),
    ],
)
def test_a_text_asks_for_terms(text: str, terms: list[str]) -> None:
    """Words in any order, phrases, beginnings, exclusions, signs as they are."""
    assert told(text) == terms


@pytest.mark.parametrize("text", ["", "  \n\t", '""', '"', '-""'])
def test_a_text_without_anything_is_refused(text: str) -> None:
    """With an example of how to search."""
    with pytest.raises(UsageError, match="nothing to search for") as refused:
        parse(text)
    assert refused.value.hint == "write some words: memlake search cello"


def test_only_leaving_out_is_refused() -> None:
    """With the way to find what begins with a minus."""
    with pytest.raises(UsageError, match="'-cat' only leaves texts out") as refused:
        parse("-cat -dog")
    assert "memlake search '\"-cat\"'" in (refused.value.hint or "")


def test_a_very_long_text_has_all_its_words() -> None:
    """Ten thousand characters are a few thousand terms."""
    words = [f"word{number}" for number in range(1_500)]
    assert told(" ".join(words)) == words
