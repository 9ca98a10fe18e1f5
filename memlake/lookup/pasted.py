"""What of a user's message is their own words, and what they pasted into it."""

from __future__ import annotations

import re
from typing import Literal

_SHORT_REQUEST = 500
_SHORT_ENDING = 300
_LONG_BLOCK = 1_500
_MANY_LINES = 10
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,}|-{3,}(?=[ \t]*$))", re.MULTILINE)
_IN_MARKS = re.compile(
    r"^[ \t]*(?:\"[^\"]{100,}\"|\u201c[^\u201d]{100,}\u201d|\u201e[^\u201c]{100,}\u201c|\u00ab[^\u00bb]{100,}\u00bb"
    r"|\u300c[^\u300d]{50,}\u300d)[ \t]*$",
    re.MULTILINE,
)
_QUOTED_LINE = re.compile(r"[ \t]*>")
_BLOCK_BREAK = re.compile(r"\n[ \t]*\n|:[ \t]*\n")


def said_in(message: str, start: int, end: int) -> Literal["user", "document"]:
    """Say whether a part of a user's message is their own words or stands in something that they pasted.

    Pasted is what stands between fences, in lines that begin with `>`, in a long paragraph between quotation marks, or
    in a long block after a short request.
    """
    if _is_fenced(message, start):
        return "document"
    line_start = message.rfind("\n", 0, start) + 1
    if _QUOTED_LINE.match(message, line_start):
        return "document"
    pasted = [found.span() for found in _IN_MARKS.finditer(message)]
    block = _pasted_block(message)
    if block is not None:
        pasted.append(block)
    return "document" if any(low <= start and end <= high for low, high in pasted) else "user"


def _is_fenced(message: str, place: int) -> bool:
    """Say whether a place stands between fences: its like closes one, and of backticks and tildes at least as many."""
    opening = ""
    for found in _FENCE.finditer(message, 0, place):
        mark = found[1]
        if not opening:
            opening = mark
        elif mark[0] == opening[0] and (mark[0] == "-" or len(mark) >= len(opening)):
            opening = ""
    return bool(opening)


def _pasted_block(message: str) -> tuple[int, int] | None:
    """Return where a long block after a short request stands; a short last paragraph is the person's again."""
    request_end = _BLOCK_BREAK.search(message, 0, _SHORT_REQUEST)
    if request_end is None:
        return None
    start, end = request_end.end(), len(message.rstrip())
    last = message.rfind("\n\n", start, end)
    if last != -1 and end - last <= _SHORT_ENDING:
        end = last
    block = message[start:end]
    return (start, end) if len(block) > _LONG_BLOCK or block.count("\n") >= _MANY_LINES else None
