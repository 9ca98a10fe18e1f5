"""Quotes of recorded sources: the user's words before the call that it was made of, or who else said it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.chatgpt import Turn, assistant, bio_call, conversation, text_content, user
from support.lakes import ask, export_folder, lake_of

CALL = bio_call("User is allergic to hazelnuts.")
SAID = user("I am allergic to hazelnuts.")
SMALL_TALK = [assistant("Noted, tell me more about the party."), user("It will be at my place, with music.")]


def read_out(text: str) -> Turn:
    """Return what a tool reads out of a file."""
    return Turn(role="tool", name="myfiles_browser", content=text_content(text))


def quote_of(folder: Path, *turns: Turn) -> tuple[Any, ...]:
    """Return message, quote and speaker of the one memory that is saved in a chat."""
    export = export_folder(folder, "export-2025-06-01", conversations=[conversation("c", *turns)])
    (found,) = ask(lake_of(folder / "lake", export), "select message_id, quote, said_by from memory_sources")
    return found


def test_the_message_before_the_call_says_it(tmp_path: Path) -> None:
    """Also if an earlier one said the same."""
    found = quote_of(tmp_path, SAID, *SMALL_TALK, user("I told you, I am allergic to hazelnuts!"), *CALL)
    assert found[0::2] == ("n4", "user")


@pytest.mark.parametrize("pairs", [1, 8])
def test_an_earlier_message_says_it_clearly_better(tmp_path: Path, pairs: int) -> None:
    """Up to twenty messages before the call."""
    found = quote_of(tmp_path, SAID, *SMALL_TALK * pairs, assistant("Nice."), user("Please save that."), *CALL)
    assert found == ("n1", "I am allergic to hazelnuts.", "user")


def test_a_message_too_far_back_is_not_looked_at(tmp_path: Path) -> None:
    """The prompt is the next best answer."""
    turns = [SAID, *SMALL_TALK * 10, assistant("Nice."), user("Please save that."), *CALL]
    assert quote_of(tmp_path, *turns) == ("n23", "Please save that.", "user")


def test_other_words_are_quoted_where_nothing_else_says_it(tmp_path: Path) -> None:
    """Another language has none of the words; the prompt is what the assistant reacted to."""
    found = quote_of(
        tmp_path, user("Sou al\u00e9rgica a avel\u00e3s. Que pena!"), *bio_call("User cannot eat filberts.")
    )
    assert (found[0], found[2]) == ("n1", "user")
    assert found[1]


def test_what_only_the_assistant_said_has_no_quote(tmp_path: Path) -> None:
    """The source is still the chat, and the user's message before the call."""
    turns = [
        user("What is wrong with me?"),
        assistant("You are allergic to hazelnuts."),
        user("Ah, I see, thanks!"),
        *CALL,
    ]
    assert quote_of(tmp_path, *turns) == ("n3", None, "assistant")


@pytest.mark.parametrize(
    ("turns", "message_id"),
    [([*CALL], "n1"), ([user("ok"), *CALL], "n1"), ([assistant("Welcome back."), *CALL], "n2")],
    ids=["nothing before", "a word before", "small talk of the assistant"],
)
def test_what_nobody_said_has_no_quote(tmp_path: Path, turns: list[Turn], message_id: str) -> None:
    """Nothing before the call says anything of it."""
    assert quote_of(tmp_path, *turns) == (message_id, None, "nobody")


def test_the_reason_says_who_said_it(tmp_path: Path) -> None:
    """So that what the user never said is found."""
    told = [
        conversation("c1", *bio_call("User likes tea.")),
        conversation("c2", assistant("Surely you like strong coffee."), *bio_call("User likes strong coffee.")),
    ]
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, "export-2025-06-01", conversations=told, user="u"))
    start = "the assistant's save call in that chat has this text; "
    assert ask(lake, "select said_by, why from memory_sources order by 1") == [
        ("assistant", start + "only the assistant said it there before, not you"),
        ("nobody", start + "nothing before the call says it"),
    ]


def test_pasted_words_are_a_documents(tmp_path: Path) -> None:
    """The user gave them, but did not say them."""
    turns = [user("Sum this up:\n\n> Dear Ida,\n> you are allergic to hazelnuts.\n> Yours, Dr Roe"), *CALL]
    assert quote_of(tmp_path, *turns) == ("n1", "you are allergic to hazelnuts.", "document")


def test_another_branch_says_nothing_to_the_call(tmp_path: Path) -> None:
    """Only what stands on the call's own path was before it."""
    turns = [user("Hello there, my friend."), assistant("Hi!"), SAID, user("Remember what I told.").under("n2"), *CALL]
    assert quote_of(tmp_path, *turns)[:2] == ("n4", "Remember what I told.")


def test_hidden_messages_say_nothing(tmp_path: Path) -> None:
    """Custom instructions are no message of the user."""
    hidden = user("I am allergic to hazelnuts.", is_visually_hidden_from_conversation=True)
    assert quote_of(tmp_path, hidden, user("Good morning to you!"), *CALL)[1] == "Good morning to you!"


def test_a_number_that_only_a_document_gives_is_said_by_the_document(tmp_path: Path) -> None:
    """The user asked for it in nearly the same words."""
    found = quote_of(
        tmp_path,
        user("Here is my rental contract. What is the notice period?"),
        read_out("contract.pdf\nThe tenant gives notice 60 days before."),
        *bio_call("User's rental contract has a notice period of 60 days."),
    )
    assert found == ("n1", None, "document")


def test_a_document_that_says_it_alone_is_who_said_it(tmp_path: Path) -> None:
    """Without numbers and names."""
    turns = [user("Please read this."), read_out("The patient is allergic to hazelnuts."), *CALL]
    assert quote_of(tmp_path, *turns) == ("n1", None, "document")


def test_a_name_that_the_assistant_found_is_said_by_the_assistant(tmp_path: Path) -> None:
    """The user only agreed."""
    found = quote_of(
        tmp_path,
        user("My sourdough starter needs a name."),
        assistant("Batata. It is round."),
        user("Ha! Sold."),
        *bio_call("User's sourdough starter is called Batata."),
    )
    assert found == ("n3", None, "assistant")


def test_a_number_that_the_user_said_before_is_the_users(tmp_path: Path) -> None:
    """Whoever repeats it."""
    found = quote_of(
        tmp_path,
        user("Our flat costs 1,250 euros a month."),
        assistant("1,250 euros is a lot."),
        user("It is, for a flat a month."),
        *bio_call("User's flat costs 1,250 euros a month."),
    )
    assert found[2] == "user"


def test_a_number_that_nobody_wrote_like_that_changes_nothing(tmp_path: Path) -> None:
    """The user may have spelled it."""
    found = quote_of(
        tmp_path, user("My recital is on the seventh of February."), *bio_call("User's recital is on 7 February.")
    )
    assert found[2] == "user"
