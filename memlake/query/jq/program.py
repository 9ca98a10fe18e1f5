"""What can be seen of a jq program without running it: which names it uses, and whether it takes record by record.

A program that begins with `.[]` and pipes it on treats every element of a list alike, so any slices of the list give,
one after the other, what the whole list gives. That holds for `.[]` as the first term of the top-level pipe alone: in
`"x", (.[] | f)`, `limit(3; .[] | f)`, `.[] as $x | f` and `.[] // 1` the list is seen as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    (?P<space>[ \r\n\t]+|\#(?:\\(?:\\|\r?\n)|[^\n])*)
    |(?P<string>")
    |(?P<field>\.[a-zA-Z_][a-zA-Z_0-9]*)
    |(?P<name>\$?(?:[a-zA-Z_][a-zA-Z_0-9]*::)*[a-zA-Z_][a-zA-Z_0-9]*)
    |(?P<format>@[a-zA-Z0-9_]+)
    |(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<sign>\?//|//=|\|=|\.\.|!=|==|//|[-+*/%<>]=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_IN_STRING = re.compile(r'(?P<text>(?:[^"\\]|\\[^(])+)|(?P<end>")|(?P<inset>\\\()', re.DOTALL)
_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")
_READERS = ("input", "inputs")
_SEE_MORE = frozenset({*_READERS, "input_line_number", "$__loc__"})
_HALTING = frozenset({"halt", "halt_error"})
_SPEAKING = frozenset({"debug", "stderr"})


class _Token(NamedTuple):
    kind: str
    text: str


@dataclass(frozen=True)
class Program:
    """A jq program as it was written."""

    text: str

    @property
    def runnable(self) -> str:
        """What libjq is to run; a program that only defines things, or is empty, passes its input on."""
        is_without_body = _after_definitions(self._tokens) == len(self._tokens)
        return f"{self.text}\n." if is_without_body else self.text

    @cached_property
    def is_by_record(self) -> bool:
        """Whether slices of a list give, one after the other, what the whole list gives."""
        rest = self._tokens[_after_definitions(self._tokens) :]
        after = _after_iteration(rest)
        if after is None or self._names & _SEE_MORE:
            return False
        return after == len(rest) or rest[after] == ("sign", "|")

    @property
    def reader_count(self) -> int:
        """At how many places it takes further documents with `input` or `inputs`."""
        return sum(token.kind == "name" and token.text in _READERS for token in self._tokens)

    @property
    def may_halt(self) -> bool:
        """Whether it may stop everything by `halt` or `halt_error`."""
        return bool(self._names & _HALTING)

    @property
    def may_speak(self) -> bool:
        """Whether it may write to standard error, by `debug` or `stderr`."""
        return bool(self._names & _SPEAKING)

    @property
    def may_ask_for_name(self) -> bool:
        """Whether it may ask what its input is called, by `input_filename`."""
        return "input_filename" in self._names

    @cached_property
    def _tokens(self) -> tuple[_Token, ...]:
        return tuple(_tokens(self.text))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(token.text for token in self._tokens if token.kind == "name")


def _tokens(program: str) -> Iterator[_Token]:
    """Cut a program as jq does; a string is one token, what is interpolated in it stands behind it in parentheses."""
    position = 0
    is_in_string = False
    open_counts: list[int] = []  # of parentheses, for each string that an interpolation interrupts
    while found := (_IN_STRING if is_in_string else _TOKEN).match(program, position):
        position = found.end()
        token = _Token(str(found.lastgroup), found[0])
        match token:
            case ("space" | "text", _):
                continue
            case ("end", _):
                is_in_string = False
                continue
            case ("string", _):
                is_in_string = True
            case ("inset", _):
                is_in_string = False
                open_counts.append(0)
                token = _Token("sign", "(")
            case ("sign", "(") if open_counts:
                open_counts[-1] += 1
            case ("sign", ")") if open_counts:
                is_in_string = not open_counts[-1]
                open_counts[-1] -= 1
                if is_in_string:
                    open_counts.pop()
        yield token


def _after_definitions(tokens: Sequence[_Token]) -> int:
    """Return where a program begins behind its leading `def name: body;`."""
    depth = 0
    open_at: list[int] = []  # the depth at which each unfinished definition began
    for position, token in enumerate(tokens):
        if token == ("name", "def"):
            open_at.append(depth)
        elif not open_at:
            return position
        elif token.text in _OPENING:
            depth += 1
        elif token.text in _CLOSING:
            depth -= 1
        elif token.text == ";" and depth == open_at[-1]:
            open_at.pop()
    return len(tokens)


def _after_iteration(tokens: Sequence[_Token]) -> int | None:
    """Return where `.[]` ends together with the fields and further `[]` behind it, each perhaps with a `?`.

    `None` if a program does not begin so. A second `?` would hold for all before it, the whole iteration.
    """
    words = [token.text for token in tokens]
    if words[:3] != [".", "[", "]"]:
        return None
    position = 3
    while position < len(tokens):
        if tokens[position].kind == "field" or (words[position] == "?" and words[position - 1] != "?"):
            position += 1
        elif words[position : position + 2] == ["[", "]"]:
            position += 2
        else:
            break
    return position
