"""Which piece of a text is shown, and what is marked in it."""

from __future__ import annotations

import pytest

from memlake.lake.fulltext_asking import Forms
from memlake.query.search_language import Term, parse
from memlake.query.search_needs import Need
from memlake.query.search_quotes import Quote, quotes_of


def need(term: Term) -> Need:
    """Return a term of which the lake knows the words themselves, and those that begin so."""
    last = len(term.words) - 1
    groups = [
        Forms(weights={}, beginning=word) if term.is_beginning and place == last else Forms(weights={word: 1.0})
        for place, word in enumerate(term.words)
    ]
    return Need(term, tuple(groups))


def quote(text: str, query: str) -> Quote:
    """Return the quote of one text."""
    (found,) = quotes_of([text], [need(term) for term in parse(query)])
    return found


def marked(text: str, query: str) -> str:
    """Return the quote with its matches in brackets, and dots where the text goes on."""
    found = quote(text, query)
    shown = found.quote
    for begin, end in reversed(found.matches):
        shown = f"{shown[:begin]}[{shown[begin:end]}]{shown[end:]}"
    return f"{'…' * found.is_cut_before}{shown}{'…' * found.is_cut_after}"


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("My Dog, and a dog.", "dog", "My [Dog], and a [dog]."),
        ("a **bold** move", "bold", "a **[bold]** move"),
        ("in São Paulo", "sao", "in [São] Paulo"),
        ("C++, C and C#", "c", "C++, [C] and C#"),
        ("C++17, C", "c++", "[C++]17, C"),
        ("I don\u2019t know", "don't", "I [don\u2019t] know"),
        ("uses node.js, node and js", "node.js", "uses [node.js], node and js"),
        ("uses node.js, node and js", '"node js"', "uses [node.js], node and js"),
        ("well, my old dog: my dog", '"my dog"', "well, my old dog: [my dog]"),
        ("one -- two", '"one two"', "[one -- two]"),
        ("beagle and beagles", "beag*", "[beagle] and [beagles]"),
        ("日本語で話す", "本語", "日[本語]で話す"),
        ("ＡＢ日本 ok", "ab日本", "[ＡＢ日本] ok"),
        ("a -> b -> c", "-> b", "a [->] [b] [->] c"),
        ("dog and cat", "dog -cat", "[dog] and cat"),
        ("pi is 3.14", "3.14", "pi is [3.14]"),
        ("a .env file", ".env", "a [.env] file"),
        ("nothing", "dog", "nothing"),
        ("", "dog", ""),
    ],
)
def test_what_was_asked_for_is_marked(text: str, query: str, shown: str) -> None:
    """In the words of the text, without the signs around them."""
    assert marked(text, query) == shown


def test_a_node_alone_is_no_node_js() -> None:
    """Words that a sign joins are marked only where both stand."""
    assert marked("node and js", "node.js") == "node and js"


def test_a_long_text_is_cut_around_the_match() -> None:
    """Between words, with the match a little behind the beginning."""
    found = quote(f"{'before ' * 100}dog{' behind' * 100}", "dog")
    ((begin, end),) = found.matches

    assert found.quote[begin:end] == "dog"
    assert (found.is_cut_before, found.is_cut_after) == (True, True)
    assert found.quote.startswith("before ")
    assert found.quote.endswith(" behind")
    assert 40 <= begin <= 60
    assert 200 <= len(found.quote) <= 240


def test_the_piece_that_says_most_is_shown() -> None:
    """Not the first that says something."""
    text = f"dog {'x ' * 300}a cat and a dog {'y ' * 300}"
    assert "a [cat] and a [dog]" in marked(text, "dog cat")


def test_a_match_at_the_end_has_what_stands_before_it() -> None:
    """As much as fits."""
    found = quote(f"{'before ' * 100}dog", "dog")
    assert len(found.quote) > 200
    assert not found.is_cut_after


def test_a_match_longer_than_a_quote_is_cut() -> None:
    """Three hundred emoji are marked as far as they are shown."""
    found = quote("😀" * 300, "😀" * 300)
    assert found.matches == ((0, len(found.quote)),)
    assert found.is_cut_after


def test_a_match_far_down_in_a_huge_text_is_found() -> None:
    """Behind what is read first."""
    assert "[dog]" in marked(f"{'x ' * 60_000}dog", "dog")


def test_a_text_without_spaces_is_cut_where_it_must() -> None:
    """Also before the match."""
    found = quote(f"{'字' * 500}犬{'字' * 500}", "犬")
    ((begin, end),) = found.matches
    assert found.quote[begin:end] == "犬"
    assert len(found.quote) == 240
