"""The lines of a pasted text, and what each of them is before one knows the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from memlake.providers.dump.dates import split_leading
from memlake.providers.dump.words import EDGE_OF_NAMES, ENDS

LineKind = Literal["blank", "fence", "rule", "heading", "row", "number", "bullet", "dated", "plain"]
INVISIBLE = (
    " \t\u00a0\u00ad\u061c\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\u3000\ufeff"
)
ITEM_KINDS = ("number", "bullet", "dated")
BOLD_LEVEL = 7
WORDS_LEVEL = 8

_MARKS = INVISIBLE.strip(" \t\u00a0\u3000")
_BREAK = re.compile("\r\n?|[\n\u0085\u2028\u2029]")
_TAB = 4
_QUOTED = re.compile(r"(?:\s{0,3}>\s?)+")
_FENCE = re.compile(r"(`{3,}|~{3,})\s*([\w+-]*)[^`]*$")
_RULE = re.compile(r"(?:[-*_=\u2013\u2014\u2500\u2501]\s*+){3,}+$")
_TAG = re.compile(r"</?[a-z_-]{1,40}>", re.IGNORECASE)
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_BULLET = re.compile(
    r"(?:[-*+\u2013\u2014\u2212]\s+|\(?[a-z]\)\s+"
    r"|[\u2022\u2023\u25aa\u25ab\u25e6\u25cf\u25cb\u25a0\u25a1\u25c6\u25c7\u25b6\u25b8\u25ba\u27a2\u27a4\u2192\u2713\u2714\u2705"
    r"\u00b7\u30fb\u2043\u2219\u2611\u2b50\U0001f538\U0001f539\U0001f449\U0001f4cc]\ufe0f?\s*)(?:\[[ xX]\]\s+)?"
)
_NUMBER = re.compile(
    r"(?:\*\*|__)?(?:(?:memory|entry|fact|erinnerung|memória|memoria|souvenir|記憶|メモリ|메모리|记忆)\s{0,2}#?|no\.\s?|#)?"
    r"(?:[(（](\d{1,4})[)）]|\[(\d{1,3})\]|(\d{1,4})(?:\\?[.)]|[)）．、:：](?!\d)|\ufe0f?\u20e3))(?:(?:\*\*|__)(?=\s))?(\s+|(?=[^\s\d.]))",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"\[[^\[\]]{0,60}\]\s?[-\u2013\u2014]\s")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,120}?)\1\s*[:：]?$")
_LONGEST_HEADING = 120
_ORNAMENTS = ("==", "--")
_YEARS = range(1900, 2100)


class Line(NamedTuple):
    """One line: `text` is without marker and quotation, `marker` is what stood before it."""

    kind: LineKind
    text: str = ""
    indent: int = 0
    marker: str = ""
    number: int = 0
    level: int = 0  # of a heading

    @property
    def looks_dated(self) -> bool:
        """Whether it begins as lines with a date do, with something else in its brackets."""
        return _LABELLED.match(self.text) is not None

    @property
    def is_item(self) -> bool:
        """Whether it begins an entry of a list."""
        return self.kind in ITEM_KINDS


_BLANK = Line("blank")


def read_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text; marks of direction and zero width at their edges are nobody's words."""
    for raw in _BREAK.split(text.replace("\0", "")):
        yield _line(raw.lstrip(_MARKS)) if raw else _BLANK


def bold_heading(text: str) -> str | None:
    """Return the words of a text that is bold as a whole."""
    found = _BOLD.fullmatch(text) if len(text) <= _LONGEST_HEADING else None
    return None if found is None or found[1] in found[2] or found[2].endswith(ENDS) else found[2].strip(EDGE_OF_NAMES)


def _line(raw: str) -> Line:
    if quoted := _QUOTED.match(raw):
        raw = raw[quoted.end() :]
    words = raw.strip().strip(INVISIBLE)
    if not words:
        return _BLANK
    leading = raw[: len(raw) - len(raw.lstrip())]
    indent = sum(_TAB if space == "\t" else 1 for space in leading)
    return _frame(words, indent) or _item(words, indent)


def _frame(words: str, indent: int) -> Line | None:
    """Return a line that stands around entries or holds several."""
    if fence := _FENCE.match(words):
        return Line("fence", fence[2].casefold(), indent, fence[1])
    if _RULE.match(words) or _TAG.fullmatch(words):
        return Line("rule")
    if len(words) > 1 and words[0] == words[-1] == "|":
        return Line("row", words, indent)
    if words[:2] in _ORNAMENTS and words.endswith(words[:2]):
        return _heading(words.strip("=- "), 1)
    heading = _HEADING.match(words)
    return _heading(words[heading.end() :], len(heading[1])) if heading else None


def _heading(words: str, level: int) -> Line:
    closed = words.rstrip("#")
    words = closed.rstrip() if closed.endswith(" ") else words
    return Line("heading", (bold_heading(words) or words).strip(EDGE_OF_NAMES), level=level)


def _item(words: str, indent: int) -> Line:
    if bullet := _BULLET.match(words):
        return Line("bullet", words[bullet.end() :], indent, bullet[0].strip())
    number = _NUMBER.match(words)
    if number and (number[4] or not words[number.end() - 1 : number.end() + 1].isascii()) and words[number.end() :]:
        count = int(number[1] or number[2] or number[3])
        if count not in _YEARS:
            return Line("number", _closed(words, number), indent, number[0].strip(), count)
    if split_leading(words)[1] is not None:
        return Line("dated", words, indent)
    if heading := bold_heading(words):
        return Line("heading", heading, indent, level=BOLD_LEVEL)
    return Line("plain", words, indent)


def _closed(words: str, number: re.Match[str]) -> str:
    """Return what stands behind a number; where bold began before it, the text is bold from its beginning."""
    bold = next((mark for mark in ("**", "__") if number[0].startswith(mark)), "")
    rest = words[number.end() :]
    is_open = bold and bold not in number[0][len(bold) :] and bold in rest
    return f"{bold}{rest}" if is_open else rest
