"""The language of an account's prose."""

from __future__ import annotations

import pytest

from memlake.history.prose.languages import language_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "She lives in a house by the sea and works for the town."),
        ("de", "Sie wohnt in einem Haus an der See und arbeitet für die Stadt."),
        ("pt", "Ela vive numa casa à beira do mar e trabalha para a cidade."),
        ("es", "Vive en una casa junto al mar y trabaja para la ciudad."),
        ("fr", "Elle vit dans une maison au bord de la mer et travaille pour la ville."),
        ("it", "Vive in una casa sul mare e lavora per la città, che non è grande."),
        ("nl", "Zij woont in een huis aan zee en werkt voor de stad."),
        ("en", "彼女は海辺の家に住んでいる。"),
        ("en", ""),
    ],
)
def test_language_is_that_of_the_most_function_words(language: str, text: str) -> None:
    """English where nothing tells."""
    assert language_of([text]) == language
