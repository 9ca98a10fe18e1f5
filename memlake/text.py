"""Text as memlake compares and shows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from memlake.hashing import short_hash

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SPACES = re.compile(r"\s+")
_DELETE = 0x7F
_C1_CONTROLS = range(0x80, 0xA0)
_BIDI_CONTROLS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_LINE_SEPARATORS = (0x2028, 0x2029)
_SURROGATES = range(0xD800, 0xE000)
_INERT = (
    {code: chr(0x2400 + code) for code in range(0x20) if code not in b"\n\t"}
    | {_DELETE: "\u2421"}
    | {code: f"\\x{code:02x}" for code in _C1_CONTROLS}
    | {code: f"\\u{code:04x}" for code in (*_BIDI_CONTROLS, *_LINE_SEPARATORS, *_SURROGATES)}
)


def normalise(text: str) -> str:
    """Return a text without the differences that do not matter: NFKC, spaces collapsed, casefolded."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def text_key(text: str) -> str:
    """Return the identity of a text without an id: 16 hex digits over its normalised form."""
    return short_hash(normalise(text), 16)


def decode_text(data: bytes) -> str:
    """Return the text of a file: UTF-8, or UTF-16 where it begins with its mark (as Windows PowerShell writes files).

    What is neither becomes U+FFFD; the mark is no part of the text.
    """
    if data.startswith(_UTF_16_MARKS):
        return data.decode("utf-16", "replace")
    return data.removeprefix(_UTF_8_MARK).decode("utf-8", "replace")


def replace_lone_surrogates(text: str) -> str:
    """Return a text that every database can store: halves of surrogate pairs become U+FFFD."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def common_beginning(words: Iterable[str]) -> str:
    """Return what some words, at least one, all begin with."""
    known = set(words)
    first, last = min(known), max(known)
    length = next((place for place, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), None)
    return first[:length]


def inert_text(text: str) -> str:
    """Return a text of any origin that no terminal obeys, for people: what would steer one is spelled out.

    Escapes and other controls, marks that turn the direction of writing, and halves of surrogate pairs become
    visible; line breaks and tabs stay.
    """
    return text.replace("\r\n", "\n").translate(_INERT)


def inert_line(text: str) -> str:
    """Return a text as `inert_text` does, on one line."""
    return " ".join(inert_text(text).split())
