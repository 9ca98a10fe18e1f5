"""What somebody types into a search: words, "phrases", beginnings*, -exclusions, and signs as they are.

All that is asked for must be in a text, in any order. A word in quotes is taken as it is, others in any of their forms;
words that signs join (`node.js`, `backend-services`) must follow one another. Signs beside words do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from memlake.errors import UsageError
from memlake.lake.analysis import MAX_WORD_CHARS, are_unspaced, words_of
from memlake.text import normalise, replace_lone_surrogates

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))  # noqa: RUF001 - quotes of many languages
_PIECE = re.compile(r'(?P<minus>-?)"(?P<quoted>[^"]*)"?|(?P<plain>\S+)')
_LONG_WORD = re.compile(rf"\w{{{MAX_WORD_CHARS + 1},}}")
_BEGINNING = re.compile(r"[^*]*[^\s*]\*")
_SILENT_CATEGORIES = "CPSZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing that a text must say, or with `is_barred` must not.

    `words` are those of the index, and stand one after the other. An `unspaced` text, normalised, is of a script that
    puts no spaces between words: it must be part of the normalised text, and the words are pairs of its characters.
    `signs` must be part of the text as they are; no word of the index tells where.
    """

    typed: str
    words: tuple[str, ...] = ()
    is_exact: bool = False
    is_beginning: bool = False  # the last word may go on
    is_barred: bool = False
    unspaced: str | None = None
    signs: str | None = None


def parse(text: str) -> tuple[Term, ...]:
    """Return what somebody asks for. Raises `UsageError` if that is nothing."""
    found = _terms(replace_lone_surrogates(text).translate(_QUOTES))
    terms = tuple({replace(term, typed=""): term for term in found}.values())
    if not terms:
        raise UsageError("there is nothing to search for", hint="write some words: memlake search cello")
    if all(term.is_barred for term in terms):
        raise UsageError(
            f"{terms[0].typed!r} only leaves texts out; say what to look for, too",
            hint=f"to find it, put it in quotes: memlake search '\"{terms[0].typed}\"'",
        )
    return terms


def _terms(text: str) -> Iterator[Term]:
    for piece in _PIECE.finditer(text):
        plain = piece["plain"]
        if plain is None:
            yield from _quoted(piece["quoted"], is_barred=bool(piece["minus"]))
        elif plain.startswith("-") and words_of(plain[1:]):
            yield _term(plain, plain[1:], is_barred=True)
        else:
            yield _term(plain, plain)


def _quoted(text: str, *, is_barred: bool) -> Iterator[Term]:
    if text.strip():
        yield _term(f'{"-" * is_barred}"{text}"', text.strip(), is_exact=True, is_barred=is_barred)


def _term(typed: str, text: str, *, is_exact: bool = False, is_barred: bool = False) -> Term:
    is_beginning = not is_exact and _BEGINNING.fullmatch(text) is not None
    words = words_of(text)
    if any(are_unspaced([text])):
        unspaced = normalise(_without_edges(text))
        pairs = tuple(word for word, is_pair in zip(words, are_unspaced(words), strict=True) if is_pair)
        pairs = tuple(pair for pair in pairs if len(pair) > 1)  # at an edge, one character may be half of a pair
        return Term(typed=typed, words=pairs, is_exact=True, is_barred=is_barred, unspaced=unspaced)
    if not words or _LONG_WORD.search(text):
        return Term(typed=typed, signs=text, is_barred=is_barred)
    return Term(typed=typed, words=tuple(words), is_exact=is_exact, is_beginning=is_beginning, is_barred=is_barred)


def _without_edges(text: str) -> str:
    """Return a text without the signs and spaces around it."""
    kept = [
        place for place, character in enumerate(text) if unicodedata.category(character)[0] not in _SILENT_CATEGORIES
    ]
    return text[kept[0] : kept[-1] + 1]
