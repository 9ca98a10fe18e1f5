"""Searching finds what a plain reading of all texts finds, whatever the texts hold."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.chatgpt import conversation, numbered, user
from support.lakes import export_folder, lake_of

from memlake.errors import UsageError
from memlake.jobs.progress import SilentProgress
from memlake.jobs.search import OpenSearch, open_search
from memlake.lake.analysis import MAX_WORD_CHARS, words_of
from memlake.query.search_language import Term, parse
from memlake.query.search_needs import fits
from memlake.query.search_scope import SearchOptions
from memlake.text import normalise, replace_lone_surrogates

WORDS = [
    *("dog", "Dogs", "dog's", "cat", "cats", "a", "C", "C++", "c#", "don't", "don\u2019t", "node.js", "node", "js"),
    *("São", "SAO", "Straße", "STRASSE", "ﬁne", "Ａ", "İ", "ı", "λόγος", "ΛΟΓΟΣ", "ё", "कि", "e\u0301", "\u0301"),  # noqa: RUF001
    *("日本", "日本語", "語日", "猫", "黒猫", "猫b", "ｶﾞ", "ガガ", "한국", "ไทย", "㍿"),
    *(
        ".env",
        "env",
        "3.14",
        "1,000",
        "snake_case",
        "x" * 65,
        "ﷺ",
        "😀",
        "❤\ufe0f",
        "->",
        "???",
        "\0",
        "\u202e",
        "\ud83d",
    ),
]
SEPARATORS = [" ", " ", " ", "", "-", ", ", "\n", ". ", "\u2014"]
BLANK = frozenset(" \n\t,")
A_FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def said_and_asked(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Draw texts and queries from the same few words, so that many of them meet."""
    words = st.sampled_from(draw(st.lists(st.sampled_from(WORDS), min_size=4, max_size=7, unique=True)))
    pairs = st.tuples(words, words)
    said = st.tuples(words, st.sampled_from(SEPARATORS)).map("".join)
    term = st.one_of(
        words,
        words.map('"{}"'.format),
        pairs.map('"{0[0]} {0[1]}"'.format),
        pairs.map("{0[0]}.{0[1]}".format),
        pairs.map("".join),
        st.tuples(words, st.integers(1, 3)).map(lambda drawn: f"{drawn[0][: drawn[1]]}*"),
        words.map("-{}".format),
        pairs.map('-"{0[0]} {0[1]}"'.format),
    )
    texts = st.lists(st.lists(said, min_size=1, max_size=6).map("".join), min_size=6, max_size=14)
    queries = st.lists(st.lists(term, min_size=1, max_size=3).map(" ".join), min_size=12, max_size=25)
    return draw(texts), draw(queries)


def stored(text: str) -> str:
    """Return a text as a lake holds it."""
    return replace_lone_surrogates(text)


def found(opened: OpenSearch, query: str) -> set[str]:
    """Return the ids of all messages that a query finds."""
    answer = opened.search(query, SearchOptions(places=("messages",), limit=1_000))
    ids = {str(hit.message_id) for hit in answer.hits}
    assert [(one.count, one.is_exact) for one in answer.counts] == [(len(ids), True)]
    return ids


def asked_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is certainly in a text, between blanks: as a query for it alone, and for it as it is written."""
    for piece in text.replace("\n", " ").replace("\t", " ").replace(",", " ").split(" "):
        if piece.isalpha() and len(normalise(piece)) <= MAX_WORD_CHARS and words_of(piece):
            yield piece, f'"{piece}"'


def holds(text: str, word: str) -> bool:
    """Tell whether a text holds a word between blanks, in the plainest way: NFKC, casefolded."""
    folded = "".join(" " if character in BLANK else character for character in text)
    return normalise(word) in normalise(folded).split(" ")


def terms_of(query: str) -> tuple[Term, ...]:
    """Return what a query asks for, nothing if it is refused."""
    try:
        return parse(query)
    except UsageError:
        return ()


@A_FEW
@given(said_and_asked())
def test_a_search_is_a_plain_scan(drawn: tuple[list[str], list[str]]) -> None:
    """By the same definition of what a text says, and nothing that plainly has a word is missed."""
    said, asked = drawn
    with tempfile.TemporaryDirectory() as name:
        turns = numbered(*(user(text) for text in said))
        lake = lake_of(Path(name) / "lake", export_folder(Path(name), conversations=[conversation("c1", *turns)]))
        messages = {f"n{number}": stored(text) for number, text in enumerate(said, start=1)}
        with open_search(lake, SilentProgress()) as opened:
            vocabulary = opened.searcher.vocabulary
            for text in messages.values():
                for word, quoted in asked_of(text):
                    plain = {number for number, other in messages.items() if holds(other, word)}
                    assert plain <= found(opened, quoted) <= found(opened, word), (word, messages)
            for query in filter(terms_of, asked):
                needs = [vocabulary.need(term) for term in terms_of(query)]
                scanned = {number for number, text in messages.items() if fits(text, words_of(text), needs)}
                assert found(opened, query) == scanned, (query, messages)
