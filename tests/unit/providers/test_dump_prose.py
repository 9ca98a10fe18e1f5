"""Memory that was pasted as prose is cut as an export's is; lists and essays are told from it."""

from __future__ import annotations

import re

import pytest
from support.dumps import reason_of, rows_of, texts_of
from support.samples import CLAUDE_JUNE, CLAUDE_MARCH, load

from memlake.parsing.answered import NO_LIST
from memlake.parsing.prose import statements

PORTRAITS = [
    text
    for folder in (CLAUDE_MARCH, CLAUDE_JUNE)
    for record in load(folder / "memories.json")
    for text in (record["conversations_memory"], *record["project_memories"].values())
]
ABOUT_NOA = "Noa lives in Lyon with her partner. She plays the cello and takes lessons on Saturdays."
SENTENCES = ["Noa lives in Lyon with her partner.", "She plays the cello and takes lessons on Saturdays."]


def without_marks(text: str) -> str:
    """Return a text as it is copied from a page, where headings only stand apart."""
    return re.sub(r"(?m)^\*{1,2}([^*\n]+)\*{1,2}$", r"\1", text)


@pytest.mark.parametrize("text", PORTRAITS)
def test_text_of_an_export_gives_the_statements_of_the_export(text: str) -> None:
    """With the headings above them, also in a code block or below a title; without marks the words are the same."""
    expected = [(statement.content, statement.section) for statement in statements(text)]

    for pasted in (text, f"```markdown\n{text}\n```", f"# Claude's memory of you\n\n{text}\n\nLet me know if I err."):
        assert [(row.content, row.section) for row in rows_of(pasted)] == expected
    assert texts_of(without_marks(text)) == [content for content, _ in expected]


def test_statement_is_a_memory_of_a_list_without_a_date() -> None:
    """Nobody knows of it when it was learnt, nor that the text is whole."""
    first, second = rows_of(ABOUT_NOA)

    assert [(row.channel, row.created_at_us, row.created_at_basis, row.scope) for row in (first, second)] == [
        ("dump", None, None, None)
    ] * 2
    assert [first.position, second.position] == [0, 1]


def test_text_may_say_when_it_was_taken() -> None:
    """Before it, as a list may."""
    assert {row.seen_at_us for row in rows_of(f"Exported on: 2025-05-02\n\n{ABOUT_NOA}")} == {1746144000000000}


@pytest.mark.parametrize(
    "text",
    [
        ABOUT_NOA,
        f"Here's what I remember about you:\n\n{ABOUT_NOA}\n\nWould you like me to change anything?",
        "Noa lives in Lyon with her\npartner. She plays the cello and takes\nlessons on Saturdays.",
        ABOUT_NOA.replace(". ", ".\n\n", 1).replace("Saturdays.", "Saturdays. She has a dog."),
        f"---\n\n{ABOUT_NOA}\n\n---",
    ],
)
def test_what_stands_around_prose_is_no_part_of_it(text: str) -> None:
    """Neither what leads to it, nor what follows, nor where a line is wrapped."""
    assert texts_of(text)[:2] == SENTENCES


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The user is a nurse in Leeds. They work nights and prefer short answers. They have two cats.", 3),
        ("You live in Lyon and work as an engineer. You prefer short answers. You've a dog called Miso.", 3),
        ("Based on our chats, Noa works in Lyon. She's on call.\n\nNoa enjoys the cello. She also runs.", 4),
        ("Jonas wohnt in Görlitz. Er baut Orgeln und fährt Lastenrad. Seine Schwester lebt in Wien.", 3),
        ("Camille travaille à Brest. Elle aime le vélo et joue du violon.", 2),
        ("El usuario vive en Vigo. Trabaja de noche y prefiere respuestas cortas. Habla gallego.", 3),
        ("O usuário mora em Recife. Gosta de café. Trabalha com dados.", 3),
        ("L'utente abita a Bari. Preferisce risposte brevi. Suona il piano.", 3),
        ("De gebruiker woont in Gent. Zij werkt als arts. Ze spreekt Frans.", 3),
        ("用户住在里昂。她喜欢拉大提琴。她有一只狗。", 3),
        (
            "**Arbeit**\n\nJonas arbeitet in Ulm. Er leitet ein Amt.\n\n**Privat**\n\nEr hat Kinder. Er wohnt da.",
            4,
        ),
        ("## Projects\n\nNoa builds Tidewatch. She works on it alone.\n\n- Never show a height without its datum", 3),
    ],
)
def test_prose_about_the_user_is_read_by_its_sentences(text: str, count: int) -> None:
    """By name, as the user, or spoken to; in languages that leave the subject out, too."""
    assert len(texts_of(text)) == count


@pytest.mark.parametrize(
    "text",
    [
        "User likes tea. Green tea, mostly.\nUser has a dog. It is called Miso.",
        "User likes tea. Green tea, mostly.\n\nUser has a dog. It is called Miso.",
        "Noa likes tea. She drinks it green.\nNoa has a dog. It is called Miso.",
        "**Food**\n- Noa likes tea. She drinks it green.\n\n**Pets**\n- Noa has a dog. It is called Miso.",
        "[2025-05-02] - Noa likes tea. She drinks it green.\n[unknown] - Noa has a dog. It is called Miso.",
        "- [unknown] Noa likes tea. She drinks it green.\n- Noa has a dog. It is called Miso.",
        "**Food**\nLikes tea, green\nNever any coffee\n\n**Personal context**\nLives in Lyon",
        "Noa likes tea. She drinks it green.\n\n- Noa has a dog",
    ],
)
def test_entries_of_several_sentences_stay_whole(text: str) -> None:
    """Close together, with marks or dates, or short and of the user: these are lists of memories."""
    whole = {
        "Noa has a dog. It is called Miso.",
        "User has a dog. It is called Miso.",
        "Never any coffee",
        "Noa has a dog",
    }
    assert whole & set(texts_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "On a wet morning I walked down to the harbour. The boats were asleep. Nobody had told them about the strike.",
        "Marie Curie was a physicist. She was born in Warsaw. She won two Nobel prizes.",
        "Lyon is a city in France. It lies on the Rhône. It has half a million inhabitants.",
        "To bake bread you need flour, water and salt. You mix them and wait. Then you bake it for an hour.",
        "Anna walked down to the harbour. She sat on a bollard. The boats were asleep. It rained.",
        "I live in Lyon. I play the cello. I have a dog.",
        "Install the package. Run the tests. Open a pull request. The maintainers review it.",
        "This library parses JSON quickly. It uses SIMD instructions. It supports Python 3.11.",
        "Google makes search engines. It works in many countries. They compete. Everyone works there.",
    ],
)
def test_essay_is_refused(text: str) -> None:
    """A story, a life, a town, a recipe, a manual: none tells what is true of the user now."""
    assert reason_of(text) == NO_LIST
