"""A memory on one line of a pack: nothing in it ends the line or turns its direction, and a long one is cut."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from memlake.history.prose.folding import is_unspaced
from memlake.parsing.sentences import sentences
from memlake.text import normalise, replace_lone_surrogates

CutAt = Literal["sentences", "words"]

NO_MEANING = " .!\u3002\"'\u201c\u201d\u201e\u300c\u300d"
"""The signs at the ends of a line that make no other line of it."""

_JOINERS = "\u200c\u200d"  # between letters of Arabic and Indic scripts, and between signs of one emoji
_INVISIBLE = ("Cc", "Cf", "Zl", "Zp")
_VARIANTS = range(0xE0100, 0xE01F0)  # of ideographs; after anything else they can hide a text
_BEYOND_ONE_UNIT = 0xFFFF
_QUOTES = str.maketrans(dict.fromkeys('"\u201c\u201d\u201e\u00ab\u00bb', "'"))
_WORD = re.compile(r"\S+\s*")
_UNSPACED_STOPS = "\u3001\u3002\uff0c\uff1b\uff1a\uff01\uff1f"
_CLINGING = ("Mn", "Me", "Mc", "Sk")


class Cut(NamedTuple):
    """The pieces of a text, and where the longest of its cuts had to be made."""

    pieces: tuple[str, ...]
    at: CutAt


def one_line(text: str) -> str:
    """Return a text on one line, without what cannot be seen; joiners stay where writing needs them."""
    shown = replace_lone_surrogates(text)
    if not (shown.isascii() and shown.isprintable()):
        shown = "".join(_visible(shown))
    return " ".join(shown.split())


def reading(line: str) -> str:
    """Return what is the same of lines that differ in spaces, case, quotation marks and the last dot alone."""
    return normalise(line).strip(NO_MEANING) or line


def dated(saved_on: str | None, text: str) -> str:
    """Return the line of a memory as an import of memories takes it."""
    return f"[{saved_on or 'unknown'}] - {text}"


def quoted(text: str) -> str:
    """Return a text between quotation marks that nothing in it ends."""
    return f'"{text.translate(_QUOTES)}"'


def length(text: str) -> int:
    """Return how long a text is as a field on a web page counts: signs beyond the first 65,536 are two."""
    return len(text) + sum(ord(sign) > _BEYOND_ONE_UNIT for sign in text)


def cut(text: str, most: int) -> Cut:
    """Cut a text on one line into pieces that are not longer: at ends of sentences, else words, else signs."""
    found = sentences(text)
    at: CutAt = "sentences" if all(length(sentence) <= most for sentence in found) else "words"
    parts = [part for sentence in found for part in _words(sentence, most)]
    return Cut(tuple(_filled(parts, most)), at)


def _visible(text: str) -> Iterator[str]:
    for place, sign in enumerate(text):
        before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
        if sign in _JOINERS:
            if _is_joined(before) and _is_joined(after):
                yield sign
        elif ord(sign) in _VARIANTS:
            if is_unspaced(before):
                yield sign
        elif unicodedata.category(sign) not in _INVISIBLE:
            yield sign
        elif sign.isspace():
            yield " "


def _is_joined(sign: str) -> bool:
    return sign != "" and not sign.isascii() and unicodedata.category(sign)[0] in "LMS"


def _words(sentence: str, most: int) -> list[str]:
    """Cut a sentence that is too long at its words and, where they are not separated, behind a comma or anywhere."""
    if length(sentence) <= most:
        return [sentence]
    return [piece for word in _WORD.findall(sentence) for piece in _signs(word.strip(), most)]


def _signs(word: str, most: int) -> Iterator[str]:
    while length(word) > most:
        end = _last_place(word, most)
        yield word[:end]
        word = word[end:]
    yield word


def _last_place(word: str, most: int) -> int:
    """Return where to cut a long word: behind the last comma of its second half, else where no sign is torn apart."""
    end = most
    while length(word[:end]) > most:
        end -= 1
    stops = [place for place in range(end // 2, end) if word[place] in _UNSPACED_STOPS]
    if stops:
        return stops[-1] + 1
    place = end
    while place > 1 and _clings(word[place], word[place - 1]):
        place -= 1
    return place if place > 1 else end


def _clings(sign: str, before: str) -> bool:
    return unicodedata.category(sign) in _CLINGING or sign in _JOINERS or before in _JOINERS


def _filled(parts: Sequence[str], most: int) -> Iterable[str]:
    piece = ""
    for part in parts:
        longer = _joined(piece, part)
        if piece and length(longer) > most:
            yield piece
            longer = part
        piece = longer
    yield piece


def _joined(piece: str, part: str) -> str:
    return piece + part if not piece or is_unspaced(piece[-1]) or is_unspaced(part[:1]) else f"{piece} {part}"
