"""What people and assistants wrote, as blocks of Markdown that nothing in them breaks out of.

Prose keeps its Markdown, but opens no HTML, no comment, no picture and no page of its own, and its headings rank below
those of a page. The rules rest on one of CommonMark: what follows a list marker, a quote mark or an indent is read as
if it stood by itself, so every line is made safe alone, and a fence with all its lines stands at one indent.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from memlake.archive.markdown.code_blocks import (
    Opening,
    closing_places,
    code_block,
    end_of_indented,
    is_closing,
    opening_of,
    outdented,
)
from memlake.archive.markdown.headings import below_page
from memlake.archive.markdown.inline import inert, readable
from memlake.archive.markdown.spans import safe_text
from memlake.archive.markdown.surroundings import CODE_INDENT, DEEPEST_FENCE, Surroundings

_QUOTE = re.compile(r" {0,3}>")
_DEEPEST_QUOTE = 8


def prose(text: str) -> str:
    """Return a text as Markdown, made safe."""
    text, may_be_active = readable(text)
    text = text.strip("\n")
    if "    " in text or (may_be_active and ("```" in text or "~~~" in text or "\t" in text)):
        return "\n".join(_Reader(text.split("\n")).blocks())
    return _words(text) if may_be_active else below_page(text)


def fenced(text: str, language: str = "") -> str:
    """Return a text as a block of code, whatever it contains."""
    return "\n".join(code_block([inert(text)], "", language))


def quoted(text: str) -> str:
    """Return Markdown inside a quote."""
    return "\n".join([f"> {line}" if line else ">" for line in text.split("\n")])


def _words(text: str) -> str:
    return safe_text(below_page(text))


class _Reader:
    """Reads the lines of a text once and gives its blocks one after the other, code with fences of its own."""

    def __init__(self, lines: Sequence[str], *, quote_depth: int = 0) -> None:
        self._lines = lines
        self._closings = closing_places(lines)
        self._unclosed: set[tuple[str, int]] = set()
        self._quote_depth = quote_depth
        self._place = 0
        self._around = Surroundings()

    def blocks(self) -> Iterator[str]:
        """Yield code, quotes, and the words between them, each made safe."""
        words: list[str] = []
        while self._place < len(self._lines):
            block = self._block()
            if block is None:
                words.append(self._lines[self._place])
                self._around.pass_text(self._lines[self._place])
                self._place += 1
                continue
            if words:
                yield _words("\n".join(words))
                words = []
            yield from block
        if words:
            yield _words("\n".join(words))

    def _block(self) -> Iterator[str] | None:
        """Return the lines of the code or the quote that begins here; `None` before a line of words."""
        line = self._lines[self._place]
        base = self._around.indented_code_base(line)
        if base is not None:
            return self._indented(base)
        if opening := opening_of(line):
            return self._fenced(opening)
        return self._quote() if self._quote_depth < _DEEPEST_QUOTE and _QUOTE.match(line) else None

    def _indented(self, base: int) -> Iterator[str]:
        end = end_of_indented(self._lines, self._place, base + CODE_INDENT)
        held = [outdented(line, base + CODE_INDENT) for line in self._lines[self._place : end]]
        self._around.pass_code(self._lines[self._place])
        self._place = end
        yield from code_block(held, " " * base, "")

    def _fenced(self, opening: Opening) -> Iterator[str]:
        first, lead = self._place, opening.lead
        end, self._place = self._end_of_code(opening)
        held = [outdented(line, len(lead)) for line in self._lines[first + 1 : end]]
        if self._around.is_in_paragraph and (lead.strip() or len(lead) > DEEPEST_FENCE):
            yield ""  # else it could be a part of the paragraph before
        self._around.pass_code(self._lines[first])
        yield from code_block([opening.told, *held] if opening.told else held, lead, opening.language)

    def _end_of_code(self, opening: Opening) -> tuple[int, int]:
        """Return where code between fences ends, and where to go on: without an end it goes as far as its item."""
        kind = opening.fence, len(opening.lead)
        if kind not in self._unclosed:  # what has no end has none further down
            for place in self._closings[bisect_left(self._closings, self._place + 1) :]:
                if is_closing(self._lines[place], opening):
                    return place, place + 1
            self._unclosed.add(kind)
        base = len(opening.lead) if opening.lead.strip() else self._around.base_at(len(opening.lead))
        end = end_of_indented(self._lines, self._place + 1, base) if base else len(self._lines)
        return end, end

    def _quote(self) -> Iterator[str]:
        """Yield a quote: what stands behind its marks is read as a text of its own."""
        held: list[str] = []
        while self._place < len(self._lines) and (mark := _QUOTE.match(self._lines[self._place])):
            line = self._lines[self._place]
            self._around.pass_text(line)
            self._place += 1
            held.append(_behind_mark(line[mark.end() :]))
        yield quoted("\n".join(_Reader(held, quote_depth=self._quote_depth + 1).blocks()))


def _behind_mark(rest: str) -> str:
    """Return what stands behind the mark of a quote; one blank belongs to that, of a tab the first column."""
    if rest.startswith("\t"):
        return f"  {rest[1:]}"
    return rest.removeprefix(" ")
