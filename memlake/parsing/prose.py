"""Prose memory cut into statements: the headings over them, one bullet or one sentence each, Markdown kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from memlake.parsing.sentences import sentences

_FENCE = re.compile(r"\s*(?P<mark>`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}(?P<level>#{1,6})\s+(?P<name>.*?)[\s#]*")
_RULE = re.compile(r"\s*(?:[-_*=]\s?){3,}")
_BOLD_LINE = re.compile(r"(?:\*\*(?P<bold>[^*]+)\*\*|__(?P<under>[^_]+)__):?")
_ITALIC_LINE = re.compile(r"(?:\*(?P<star>[^*]+)\*|_(?P<low>[^_]+)_):?")
_BULLET = re.compile(r"(?P<indent>\s*)(?:[-*+•‣▪◦–]|\d{1,3}[.)])\s+(?P<rest>\S.*)")
_QUOTED = re.compile(r"\s*>\s?")
_BOLD_LEVEL, _ITALIC_LEVEL, _BULLET_LEVEL = 7, 8, 9
_TAB_WIDTH = 4


class Statement(NamedTuple):
    """One assertion of a text, verbatim but for its bullet and line breaks; `section` names the headings above it."""

    section: str | None
    content: str


class _Heading(NamedTuple):
    level: int
    name: str


def statements(text: str) -> list[Statement]:
    """Cut a text into its statements, in order.

    A bullet is cut into sentences as a paragraph is. One that ends with a colon names what the bullets below it are
    about. Code between fences is one statement.
    """
    return list(_Reader().read(text))


class _Reader:
    """Walks through the lines of one text; a block is what belongs together over several lines."""

    def __init__(self) -> None:
        self._headings: list[_Heading] = []
        self._block: list[str] = []
        self._block_level: int | None = None  # of a bullet

    def read(self, text: str) -> Iterator[Statement]:
        """Yield the statements of a text."""
        lines = iter(text.splitlines())
        for line in lines:
            if fence := _FENCE.match(line):
                yield from self._end_block()
                yield from self._code(fence["mark"], line, lines)
            else:
                yield from self._line(line)
        yield from self._end_block()

    def _line(self, line: str) -> Iterator[Statement]:
        quoted = _QUOTED.match(line)
        line = line[quoted.end() :] if quoted else line
        heading = _heading(line)
        bullet = _BULLET.fullmatch(line)
        if not line.strip() or (_RULE.fullmatch(line) and not bullet):
            yield from self._end_block()
        elif heading:
            yield from self._end_block()
            self._open(heading)
        elif bullet:
            yield from self._end_block()
            level = _BULLET_LEVEL + len(bullet["indent"].expandtabs(_TAB_WIDTH))
            self._close_from(level)
            self._block, self._block_level = [bullet["rest"]], level
        else:
            if not self._block:
                self._close_from(_BULLET_LEVEL)
            self._block.append(line.strip())

    def _code(self, mark: str, first_line: str, lines: Iterator[str]) -> Iterator[Statement]:
        code = [first_line]
        for line in lines:
            code.append(line)
            if line.strip().startswith(mark) and not line.strip().strip(mark[0]):
                break
        yield Statement(self._section(), "\n".join(code))

    def _open(self, heading: _Heading) -> None:
        self._close_from(heading.level)
        self._headings.append(heading)

    def _close_from(self, level: int) -> None:
        self._headings = [heading for heading in self._headings if heading.level < level]

    def _end_block(self) -> Iterator[Statement]:
        text, level = " ".join(self._block), self._block_level
        self._block, self._block_level = [], None
        if level is not None and text.endswith(":"):
            self._open(_Heading(level, _plain(text)))
            return
        for sentence in sentences(text):
            yield Statement(self._section(), sentence)

    def _section(self) -> str | None:
        return " / ".join(heading.name for heading in self._headings) or None


def _heading(line: str) -> _Heading | None:
    if found := _HEADING.fullmatch(line):
        return _Heading(len(found["level"]), _plain(found["name"])) if _plain(found["name"]) else None
    if found := _BOLD_LINE.fullmatch(line.strip()):
        return _Heading(_BOLD_LEVEL, _plain(found["bold"] or found["under"]))
    if found := _ITALIC_LINE.fullmatch(line.strip()):
        return _Heading(_ITALIC_LEVEL, _plain(found["star"] or found["low"]))
    return None


def _plain(name: str) -> str:
    return name.strip().strip("*_").rstrip(":").strip()
