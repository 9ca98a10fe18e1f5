"""Blocks of code in what people and assistants wrote: where they begin and end, and how they are written anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from memlake.archive.markdown.surroundings import TAB, indent_of

_FENCE = re.compile(
    r"(?P<lead>[ \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?)"
    r"(?:(?P<ticks>`{3,})(?P<info>[^`]*)|(?P<waves>~{3,})(?P<waves_info>.*))"
)
_CLOSING = re.compile(r"(?P<lead>[ \t]*)(?P<fence>`{3,}|~{3,})[ \t]*")
_FURTHEST_OUT = 3  # columns that the end of code may stand behind its beginning
_INFO = re.compile(r"(?P<language>[A-Za-z0-9+#._-]{1,20})(?:[\s:,]+(?P<file>\S+)|[\s:,]*(?P<settings>\{.*|\S*=\S.*))?")
_TICK_RUNS = re.compile("`+")
_RUN_BY_NOTES = re.compile(
    r"(?:ad-|run-|meta-bind|dataview|templater|tasks$|query$|base$|buttons?$|js-engine|chart|sheet$|plantuml|tracker$"
    r"|calendar|gallery|leaflet|embed$|iframe$|custom-frames|cardlink)",
    re.IGNORECASE,
)
"""Languages of code that Obsidian or its plug-ins run, or fetch something for, as soon as a page is shown."""


class Opening(NamedTuple):
    """A line with which code begins: its indent with the mark of an item, its fence, and what stands behind that.

    `told` are words behind the fence that are no name of a language, of which a viewer would show nothing.
    """

    lead: str
    fence: str
    language: str
    told: str


def opening_of(line: str) -> Opening | None:
    """Return with which fence code begins in a line, if it does."""
    found = _FENCE.fullmatch(line)
    if found is None:
        return None
    fence = found["ticks"] or found["waves"]
    language, told = _read_info((found["info"] if found["ticks"] else found["waves_info"]).strip())
    return Opening(found["lead"].expandtabs(TAB), fence, language, told)


def closing_places(lines: Sequence[str]) -> list[int]:
    """Return which lines can end code between fences."""
    return [place for place, line in enumerate(lines) if _CLOSING.fullmatch(line)]


def is_closing(line: str, opening: Opening) -> bool:
    """Tell whether a line ends the code that began so."""
    found = _CLOSING.fullmatch(line)
    return (
        found is not None
        and found["fence"].startswith(opening.fence)
        and len(found["lead"].expandtabs(TAB)) <= len(opening.lead) + _FURTHEST_OUT
    )


def end_of_indented(lines: Sequence[str], place: int, indent: int) -> int:
    """Return the place behind the last line from a place on that is indented so far, blank ones between them."""
    end = place
    for number in range(place, len(lines)):
        if not lines[number].strip(" \t"):
            continue
        if indent_of(lines[number]) < indent:
            break
        end = number + 1
    return end


def outdented(line: str, indent: int) -> str:
    """Return a line without so much of its indent; of a tab that reaches further, blanks are left."""
    column = 0
    for place, sign in enumerate(line):
        if column >= indent or sign not in " \t":
            return " " * (column - indent) + line[place:]
        column += TAB - column % TAB if sign == "\t" else 1
    return " " * (column - indent)


def code_block(held: Sequence[str], lead: str, language: str) -> Iterator[str]:
    """Yield the lines of a block of code, behind an indent or the mark of an item."""
    fence = _fence_for("\n".join(held))
    indent = " " * len(lead)
    yield f"{lead}{fence}{language}"
    yield from (f"{indent}{line}" if line else "" for line in held)
    yield f"{indent}{fence}"


def _fence_for(text: str) -> str:
    return "`" * (max(2, *map(len, _TICK_RUNS.findall(text))) + 1) if "```" in text else "```"


def _read_info(info: str) -> tuple[str, str]:
    """Return the language that a fence names, and the other words behind it: all of them where it names none."""
    found = _INFO.fullmatch(info)
    if found is None or _RUN_BY_NOTES.match(info):
        return "", info
    return found["language"], found["file"] or found["settings"] or ""
