"""Quotes: the part of a message that says what a memory says, in every alphabet, and whose words they are."""

from __future__ import annotations

import time

import pytest

from memlake.lookup.pasted import said_in
from memlake.lookup.quotes import best_quote, shared_words


@pytest.mark.parametrize(
    ("memory", "message", "expected"),
    [
        ("User plays the cello.", "Hi there! I play the cello. What a day.", "I play the cello."),
        ("User has a dog.", "a dog", "a dog"),
        (
            "User is allergic to hazelnuts.",
            "For the party next week, please note that I am allergic to hazelnuts, and that my aunt brings the cake.",
            "that I am allergic to hazelnuts",
        ),
        ("Nutzer wohnt in München.", "Hallo! Ich wohne in Mu\u0308nchen. Und du?", "Ich wohne in Mu\u0308nchen."),
        ("User doesn\u2019t eat meat", "Well. I don't eat meat! Ever.", "I don't eat meat!"),
        (
            "ユーザーは猫を二匹飼っている。",
            "こんにちは。私は猫を二匹飼っている。天気がいい。",
            "私は猫を二匹飼っている。",
        ),
        ("사용자는 첼로를 연주한다.", "안녕! 나는 첼로를 연주해. 뭐 해?", "나는 첼로를 연주해."),
        (
            "User lives in Lyon and works as a carpenter.",
            "Noted?\nI live in Lyon. I work as a carpenter.\nBye!",
            "I live in Lyon. I work as a carpenter.",
        ),
        (
            "Ist gegen Haseln\u00fcsse allergisch",
            "Zur Feier bitte daran denken, dass ich gegen Haselnu\u0308sse allergisch bin, und meine Tante backt.",
            "ich gegen Haselnu\u0308sse allergisch",
        ),
        (
            "猫を二匹飼っている",
            "昨日は雨が降っていたけれど私は猫を二匹飼っているので家にいて本を読んだりしていた",
            "猫を二匹飼っている",
        ),
        (
            "Is allergic to hazelnuts",
            "Did you know about the party of next week that I, like my aunt, am allergic to hazelnuts?",
            "allergic to hazelnuts?",
        ),
        (
            "Uns at six am",
            "On most days of the week she runs at six amazing places around the town",
            "runs at six amazing",
        ),
        ("User's wifi budget is 40 euros", '- "40 euros is my wifi budget"\n- ok', "40 euros is my wifi budget"),
    ],
)
def test_the_best_quote_is_what_says_it(memory: str, message: str, expected: str) -> None:
    """Whole words of one sentence or two, as they stand in the message."""
    quote = best_quote(memory, message)
    assert quote.text == expected
    assert message[quote.start : quote.end] == quote.text
    assert 0.4 < quote.similarity <= 1


@pytest.mark.parametrize("message", ["", "   \n ", "…!?", "👍"])
def test_a_message_without_words_gives_an_empty_quote(message: str) -> None:
    """There is nothing to be said with it."""
    assert best_quote("User likes tea.", message) == ("", 0, 0, 0.0)


@pytest.mark.parametrize("memory", ["", "👍", "."])
def test_a_memory_without_words_is_said_nowhere(memory: str) -> None:
    """Short or long messages alike."""
    assert best_quote(memory, "I like tea.").similarity < 0.1
    assert best_quote(memory, "I like tea. " * 300).similarity < 0.1


def test_more_of_the_words_is_more_alike() -> None:
    """The same words score highest, other words low, and a short answer says little."""
    memory = "User is allergic to hazelnuts."
    messages = ["is allergic to hazelnuts.", "I have a hazelnut allergy.", "It rains in Porto today.", "is"]
    similarities = [best_quote(memory, message).similarity for message in messages]
    assert similarities == sorted(similarities, reverse=True)
    assert similarities[0] > 0.9
    assert similarities[2] < 0.3


def test_telling_words_decide() -> None:
    """Of two sentences with as many of the memory's words, the one with the rare word."""
    message = "My garden needs water every morning. Nothing else. A samovar needs water."
    memory = "The samovar needs cleaning every morning."
    assert best_quote(memory, message).text == "My garden needs water every morning."
    assert best_quote(memory, message, words={"Samovar"}).text == "A samovar needs water."


@pytest.mark.parametrize("filler", ["Nothing of note here. ", "아무것도 아니에요. ", "何もありません。", "word" * 90])
def test_a_long_message_is_searched_whole(filler: str) -> None:
    """The quote may stand anywhere in it."""
    message = filler * 400 + "\nI am allergic to hazelnuts.\n" + filler * 400
    quote = best_quote("User is allergic to hazelnuts.", message)
    assert quote.text.endswith("I am allergic to hazelnuts.")
    assert message[quote.start : quote.end] == quote.text


def test_the_densest_part_of_a_long_message_wins() -> None:
    """Not the first that has some of the words."""
    far = "nothing of note here. " * 200
    message = f"Hazelnuts are nuts. {far}Allergic? {far}I am allergic to hazelnuts and kiwi. {far}Kiwi is a bird."
    assert best_quote("User is allergic to hazelnuts and kiwi.", message).text == "I am allergic to hazelnuts and kiwi."


def test_a_long_message_without_any_of_the_words_has_a_quote_all_the_same() -> None:
    """It says little."""
    assert best_quote("User plays the cello.", "Nada por aqui. " * 300).similarity < 0.3


@pytest.mark.parametrize("separator", [" ", ", ", ""])
def test_a_text_without_sentences_is_cut_between_words(separator: str) -> None:
    """Into pieces that can be read."""
    message = separator.join(["lorem"] * 200) + " allergic to hazelnuts " + separator.join(["ipsum"] * 100)
    quote = best_quote("User is allergic to hazelnuts.", message)
    assert "hazelnuts" in quote.text
    assert len(quote.text) <= 400


def test_a_quote_takes_less_than_a_millisecond() -> None:
    """For a message of ordinary length; a damaged or huge one does not stop a run either."""
    message = "I went to the market and bought apples, bread and cheese for the weekend. " * 20
    best_quote("User buys bread.", message)
    started_at = time.process_time()
    for number in range(50):
        best_quote(f"User number {number} buys bread and cheese at the market every weekend.", message)
    assert (time.process_time() - started_at) / 50 < 0.005
    best_quote("User buys bread.", message * 3_000)
    assert time.process_time() - started_at < 3


def test_shared_words_counts_the_words_anywhere() -> None:
    """Other forms of a word count a little less."""
    assert shared_words("User plays the cello.", "the user plays a cello") == 1
    assert 0.5 < shared_words("User plays the cello.", "My cello! Playing it, user that I am …") < 1
    assert shared_words("User plays the cello.", "Nada.") == 0


LINES = "\n".join(f"row {number}" for number in range(12))
PROSE = "It was a long day and nothing happened. " * 45


@pytest.mark.parametrize(
    ("message", "words", "expected"),
    [
        ("I play the cello.", "cello", "user"),
        ("What does this do?\n```\nname = 'cello'\n```\nThanks!", "cello", "document"),
        ("What does this do?\n```\nname = 'x'\n```\nI play the cello.", "cello", "user"),
        ("He wrote:\n\n> I play the cello.\n\nNice?", "cello", "document"),
        ("He wrote:\n\n> I play.\n\nA cello, nice?", "cello", "user"),
        ("My CV, please read it\n---\nCellist since 2001\n---\nbye", "Cellist", "document"),
        (f"Is this true?\n\n{PROSE}He played the cello.", "cello", "document"),
        (f"Is this true?\n\n{PROSE}\n\nBecause I play the cello.", "cello", "user"),
        (f"I play the cello:\n{LINES}", "cello", "user"),
        (f"My log:\n{LINES}", "row 5", "document"),
        (f"{PROSE}I play the cello.", "cello", "user"),
        ("My day:\n\nI played the cello.", "cello", "user"),
        ('Read this:\n\n"Dear all, ' + "work goes on. " * 9 + 'The cello is gone."', "cello", "document"),
        ("Read this:\n\n\u00abDear all, " + "work goes on. " * 9 + "The cello is gone.\u00bb", "cello", "document"),
        ('She said "cello" and left.', "cello", "user"),
    ],
)
def test_pasted_words_are_a_documents(message: str, words: str, expected: str) -> None:
    """Between fences or marks, in quoted lines, or in a long block after a short request."""
    start = message.index(words)
    assert said_in(message, start, start + len(words)) == expected


def test_a_shorter_fence_inside_a_document_does_not_end_it() -> None:
    """Only its like, and as long a one, closes a fence."""
    message = "Read this:\n````\nFirst.\n```\nSecond.\n---\nThird.\n````\nWhat do you think?"

    def said_by(words: str) -> str:
        start = message.index(words)
        return said_in(message, start, start + len(words))

    assert [said_by(words) for words in ("First.", "Second.", "Third.")] == ["document"] * 3
    assert said_by("What do you think?") == "user"


def test_the_end_of_an_endless_message_is_quoted() -> None:
    """However many megabytes stand before it."""
    message = "The quick brown heron crosses the estuary at dawn. " * 100_000 + "My accordion is called Zebulon."
    assert best_quote("User's accordion is called Zebulon", message).text.startswith("My accordion is called Zebulon")
