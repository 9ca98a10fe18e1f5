"""What somebody types into a search: words, "phrases", beginnings*, -exclusions, and signs as they are.

All that is asked for must be in a text, in any order. A word in quotes is taken as it is, others in any of their forms;
words that signs join (`node.js`, `backend-services`) must follow one another. Signs beside words do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from memlake.errors import UsageError
from memlake.lake.analysis import MAX_WORD_CHARS, are_unspaced, words_of, words_of_each
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


class _Piece(NamedTuple):
    """A piece as it was typed, and what is in it: a `-` before signs is one of them."""

    typed: str
    text: str
    is_exact: bool
    is_barred: bool


def parse(text: str) -> tuple[Term, ...]:
    """Return what somebody asks for. Raises `UsageError` if that is nothing."""
    pieces = list(_pieces(replace_lone_surrogates(text).translate(_QUOTES)))
    texts = [piece.text for piece in pieces]
    found = map(_term, pieces, words_of_each(texts), are_unspaced(texts))
    terms = tuple({replace(term, typed=""): term for term in found}.values())
    if not terms:
        raise UsageError("there is nothing to search for", hint="write some words: memlake search cello")
    if all(term.is_barred for term in terms):
        raise UsageError(
            f"{terms[0].typed!r} only leaves texts out; say what to look for, too",
            hint=f"to find it, put it in quotes: memlake search '\"{terms[0].typed}\"'",
        )
    return terms


def _pieces(text: str) -> Iterator[_Piece]:
    for piece in _PIECE.finditer(text):
        plain, quoted = piece["plain"], (piece["quoted"] or "").strip()
        if plain is not None:
            yield _Piece(plain, plain.removeprefix("-"), is_exact=False, is_barred=plain.startswith("-"))
        elif quoted:
            yield _Piece(piece[0].strip(), quoted, is_exact=True, is_barred=bool(piece["minus"]))


def _term(piece: _Piece, words: Sequence[str], is_unspaced: bool) -> Term:  # noqa: FBT001 - one of three columns
    if is_unspaced:
        unspaced = _without_edges(normalise(piece.text))
        parts = words_of(unspaced)
        kinds = zip(parts, are_unspaced(parts), strict=True)
        pairs = tuple(part for part, is_pair in kinds if is_pair and len(part) > 1)  # one may be half of a pair
        return Term(typed=piece.typed, words=pairs, is_exact=True, is_barred=piece.is_barred, unspaced=unspaced)
    if not words and not piece.is_exact:
        return Term(typed=piece.typed, signs=piece.typed)
    if not words or _LONG_WORD.search(piece.text):
        return Term(typed=piece.typed, signs=piece.text, is_barred=piece.is_barred)
    return Term(
        typed=piece.typed,
        words=tuple(words),
        is_exact=piece.is_exact,
        is_beginning=not piece.is_exact and _BEGINNING.fullmatch(piece.text) is not None,
        is_barred=piece.is_barred,
    )


def _without_edges(text: str) -> str:
    """Return a text without the signs and spaces around it, unless that is all."""
    kept = [
        place for place, character in enumerate(text) if unicodedata.category(character)[0] not in _SILENT_CATEGORIES
    ]
    return text[kept[0] : kept[-1] + 1] if kept else text
