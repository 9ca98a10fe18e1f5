"""Likely saves, where an export no longer shows tool calls."""

from __future__ import annotations

import pytest
from support.chatgpt import (
    START,
    START_US,
    Turn,
    assistant,
    conversation,
    message,
    parsed_rows,
    user,
)

from memlake.model import (
    MemoryRow,
)
from memlake.text import text_key


def likely(*turns: Turn, dialect: str = "slim") -> list[str]:
    """Return the contents of likely memories."""
    found = parsed_rows(conversation("c", *turns, dialect=dialect), MemoryRow)
    assert {row.channel for row in found} <= {"likely"}
    return [row.content for row in found]


def test_statement_before_the_visible_answer_is_a_likely_save() -> None:
    """That is how a call would look without its recipient."""
    turns = [user("I play the cello, remember that."), assistant("User plays the cello."), assistant("Noted!")]

    (row,) = parsed_rows(conversation("c", *turns, dialect="slim"), MemoryRow)

    assert row == MemoryRow(
        channel="likely",
        memory_id=None,
        text_key=text_key("User plays the cello."),
        content="User plays the cello.",
        enabled=None,
        created_at_us=None,
        created_at_basis=None,
        updated_at_us=None,
        position=0,
        conversation_id="c",
        message_id="n2",
        seen_at_us=START_US + 20_000_000,
    )


def test_dialect_with_a_tool_layer_has_no_likely_saves() -> None:
    """There the calls themselves are recorded."""
    turns = [user("Remember that I play the cello."), assistant("User plays the cello."), assistant("Noted!")]

    assert likely(*turns, dialect="classic") == []


@pytest.mark.parametrize(
    "text",
    [
        "User plays the cello?",
        "User plays the cello.\nAnd the flute.",
        "User settings are under the menu.",
        "Users like this.",
        "The cello is an instrument.",
        "User likes " + "x" * 400,
    ],
)
def test_other_texts_before_an_answer_are_no_saves(text: str) -> None:
    """Rather miss a memory than invent one."""
    assert likely(user("hi"), assistant(text), assistant("Here you are.")) == []


def test_statement_that_is_itself_the_answer_is_no_save() -> None:
    """A person asked for a sentence about a user."""
    assert likely(user("write about a user"), assistant("The user likes tea."), user("thanks")) == []


@pytest.mark.parametrize(
    ("request_text", "answer", "fact"),
    [
        ("Remember that I am allergic to kiwi.", "I'll remember that.", "I am allergic to kiwi."),
        ("Hi! Please remember that I'm vegan. What's for lunch?", "Got it. Try soup.", "I'm vegan."),
        ("Please remember my sister is called Ida", "Noted!", "my sister is called Ida"),
        ("Can you remember that I hate olives?", "I will remember.", "I hate olives?"),
        ("remember this: the key is under the mat", "Memory updated.", "the key is under the mat"),
        ("I am left-handed. Please remember this.", "Got it.", "I am left-handed."),
        ("Remember: no nuts.", "I've saved that.", "no nuts."),
        ("Thanks. Don\u2019t forget that I work nights.", "I\u2019ll keep that in mind.", "I work nights."),
        ("keep in mind that we are four", "Noted.", "we are four"),
        ("Por favor, lembra-te de que vivo em Braga.", "Vou lembrar-me disso.", "vivo em Braga."),
        ("Não te esqueças que sou alérgico a nozes.", "Anotado.", "sou alérgico a nozes."),
        ("Recuerda que vivo en Vigo.", "Lo recordaré.", "vivo en Vigo."),
        ("Bitte merke dir, dass ich Cello spiele.", "Ich merke mir das.", "ich Cello spiele."),
        ("Souviens-toi que j'habite à Brest.", "C'est noté !", "j'habite à Brest."),
        ("Ricordati che abito a Bari.", "Me lo ricorderò.", "abito a Bari."),
    ],
)
def test_acknowledged_request_is_a_likely_save(request_text: str, answer: str, fact: str) -> None:
    """In several languages, and in the person's own words."""
    assert likely(user(request_text), assistant(answer)) == [fact]


@pytest.mark.parametrize(
    ("request_text", "answer"),
    [
        ("Do you remember that I moved?", "I'll remember it now."),
        ("Remember that I moved?", "Got it."),
        ("Remember when we talked?", "Noted."),
        ("Please remember to call Ida.", "Noted."),
        ("I can't remember that song.", "Got it."),
        ("It is good to remember that bread needs time.", "Got it."),
        ("Remember that time in Bergen.", "Got it."),
        ("Please remember this.", "Got it."),
        ("Remember that " + "x" * 500, "Got it."),
        ("Remember that I moved.", "That is nice."),
        ("Remember that I moved. " + "A pasted page. " * 200, "Got it."),
        ("Remember that I moved.", "Well, " + "so " * 100 + "noted."),
        ("What is for lunch?", "Noted."),
    ],
)
def test_questions_memories_and_unanswered_requests_are_no_saves(request_text: str, answer: str) -> None:
    """Rather miss a memory than invent one."""
    assert likely(user(request_text), assistant(answer)) == []


def test_statement_wins_over_the_request_of_its_turn() -> None:
    """One save is told once; another turn's is told too."""
    turns = [
        user("Remember that I play the cello."),
        assistant("User plays the cello."),
        assistant("I'll remember that."),
        user("Remember that I live in Brest."),
        message("assistant", {"content_type": "thoughts", "thoughts": [{"content": "Got it"}]}),
        assistant("Got it."),
    ]

    assert likely(*turns) == ["User plays the cello.", "I live in Brest."]


def test_thinking_is_no_acknowledgement() -> None:
    """Only what a person could read counts."""
    thoughts = message("assistant", {"content_type": "thoughts", "thoughts": [{"content": "Got it, noted."}]})

    assert likely(user("Remember that I live in Brest."), thoughts, assistant("Nice town.")) == []


def test_answer_on_another_branch_acknowledges_nothing() -> None:
    """Only what follows a request answers it."""
    turns = [
        assistant("Hello."),
        user("Remember that I live in Brest."),
        assistant("Nice town."),
        user("hi").under("n1"),
        assistant("Got it."),
    ]

    assert likely(*turns) == []


def test_time_of_a_likely_save_is_its_messages() -> None:
    """It is when the save was seen, never its creation."""
    asked = user("Remember that I moved.").saying(create_time=START + 3600)

    (row,) = parsed_rows(conversation("c", asked, assistant("Got it."), dialect="slim"), MemoryRow)

    assert (row.message_id, row.seen_at_us, row.created_at_us) == ("n1", START_US + 3_600_000_000, None)
