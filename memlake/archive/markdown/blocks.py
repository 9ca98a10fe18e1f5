"""What people and assistants wrote, as blocks of Markdown that nothing in them breaks out of.

Prose keeps its Markdown, but opens no HTML, no comment, no picture and no page of its own, and its headings rank below
those of a page. The rules rest on one of CommonMark: what follows a list marker, a quote mark or an indent is read as
if it stood by itself, so every line is made safe alone, and a fence with all its lines stands at one indent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from memlake.archive.markdown.inline import inert, readable
from memlake.archive.markdown.spans import safe_text

_UNDERLINED = re.compile(r"\n[ \t>]*(?:-+|=+)[ \t]*(?=\n|$)")
_FENCE = re.compile(
    r"(?P<lead>[ \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?)"
    r"(?:(?P<ticks>`{3,})(?P<info>[^`]*)|(?P<waves>~{3,})(?P<waves_info>.*))"
)
_LANGUAGE = re.compile(r"[A-Za-z0-9+#._-]{1,20}(?![^\s{,:])")
_DEEPEST_FENCE = 3  # spaces; behind more of them it is text or indented code
_RUN_BY_NOTES = frozenset(
    {"dataview", "dataviewjs", "js-engine", "query", "tasks", "templater", "button", "buttons", "base"}
)
"""Languages of code that plug-ins of Obsidian run as soon as a page is shown."""

_HEADING = re.compile(
    r"^(?P<lead>(?:[ \t>]|[-*+][ \t]|[0-9]{1,9}[.)][ \t])*)(?P<signs>#{1,6})(?=[ \t]|$)", re.MULTILINE
)
_UNDERLINE = re.compile(r"^(?P<lead>[ \t>]*)(?P<signs>-+|=+)[ \t]*$", re.MULTILINE)
_RANKS_ABOVE = 2
_LOWEST_RANK = 6
_RULE_LENGTH = 3
_TICK_RUNS = re.compile("`+")
_ITEM = re.compile(r"(?P<lead>[ ]*)(?P<mark>[-*+]|[0-9]{1,9}[.)])(?P<gap>[ \t]+|$)(?P<rest>.*)")
_HEADING_LINE = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_CAN_END_PARAGRAPH = frozenset({"-", "*", "+", "1.", "1)"})
_CODE_INDENT = 4
_TAB = 4
_RULE = re.compile(r" {0,3}(?P<sign>[-*_])(?:[ \t]*(?P=sign)){2,}[ \t]*")


def prose(text: str) -> str:
    """Return a text as Markdown, made safe."""
    text, may_be_active = readable(text)
    text = text.strip("\n")
    if "    " in text or (may_be_active and ("```" in text or "~~~" in text or "\t" in text)):
        return "\n".join(_safe_lines(text.split("\n")))
    below = _below_page(text)
    return safe_text(below) if may_be_active else below


def fenced(text: str, language: str = "") -> str:
    """Return a text as a block of code, whatever it contains."""
    text = inert(text)
    fence = _fence_for(text)
    return f"{fence}{language}\n{text}\n{fence}"


def quoted(text: str) -> str:
    """Return Markdown inside a quote."""
    return "\n".join([f"> {line}" if line else ">" for line in text.split("\n")])


def _safe_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield the parts of a text one after the other, code with fences of its own."""
    place = 0
    words: list[str] = []
    around = _Surroundings()
    while place < len(lines):
        line = lines[place]
        base = around.indented_code_base(line)
        opening = _FENCE.fullmatch(line) if base is None else None
        if opening is None and base is None:
            around.pass_text(line)
            words.append(line)
            place += 1
            continue
        if words:
            yield safe_text(_below_page("\n".join(words)))
            words = []
        if base is not None:
            held, place = _indented_lines(lines, place, base + _CODE_INDENT)
            yield from _code_block(held, " " * base, "")
        elif opening is not None:
            lead = opening["lead"].expandtabs(4)
            held, place = _code_lines(lines, place + 1, opening["ticks"] or opening["waves"], len(lead))
            if around.is_in_paragraph and (lead.strip() or len(lead) > _DEEPEST_FENCE):
                yield ""  # else it could be a part of the paragraph before
            info = opening["info"] if opening["ticks"] else opening["waves_info"]
            yield from _code_block(held, lead, _language(info))
        around.pass_code(line)
    if words:
        yield safe_text(_below_page("\n".join(words)))


@dataclass(slots=True)
class _Surroundings:
    """What a line stands in: a paragraph that goes on, and items of lists, each by where its text begins."""

    is_in_paragraph: bool = False
    _items: list[int] = field(default_factory=list)

    def indented_code_base(self, line: str) -> int | None:
        """Return where the text would begin that a line is code to; `None` if it is no code behind an indent.

        Nor is it where a fence at that place might be none.
        """
        indent = _indent_of(line)
        if self.is_in_paragraph or indent < _CODE_INDENT or not line.strip(" \t"):
            return None
        base = self._base_at(indent)
        return base if indent - base >= _CODE_INDENT and base <= _DEEPEST_FENCE else None

    def pass_text(self, line: str) -> None:
        """Go on behind a line of text."""
        bare = line.strip(" \t")
        is_rule = _RULE.fullmatch(line) is not None
        item = None if is_rule or not bare.strip("-") else self._item(line)
        ends_paragraph = is_rule or _HEADING_LINE.match(line) is not None
        if bare and (item or ends_paragraph or not self.is_in_paragraph):
            self._leave_items(_indent_of(line))
        if item:
            gap = len(item["gap"].expandtabs(4)) if item["rest"] else 1
            self._items.append(len(item["lead"] + item["mark"]) + (gap if gap <= _CODE_INDENT else 1))
        self.is_in_paragraph = bool(item["rest"] if item else bare) and not ends_paragraph

    def _item(self, line: str) -> re.Match[str] | None:
        """Return the item of a list that begins with a line; inside a paragraph few lines begin one."""
        item = _ITEM.fullmatch(line)
        if item is None or not self.is_in_paragraph:
            return item
        indent = _indent_of(line)
        base = self._base_at(indent)
        is_of_paragraph = base == (self._items[-1] if self._items else 0)
        can_begin = item["mark"] in _CAN_END_PARAGRAPH and item["rest"]
        return item if indent - base < _CODE_INDENT and (can_begin or not is_of_paragraph) else None

    def pass_code(self, line: str) -> None:
        """Go on behind code that began with a line."""
        self._leave_items(_indent_of(line))
        self.is_in_paragraph = False

    def _base_at(self, indent: int) -> int:
        return next((item for item in reversed(self._items) if item <= indent), 0)

    def _leave_items(self, indent: int) -> None:
        self._items = [item for item in self._items if item <= indent]


def _indent_of(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(4))


def _indented_lines(lines: Sequence[str], place: int, indent: int) -> tuple[list[str], int]:
    """Return the lines of code behind an indent without blank ones at the end, and the place of the next line."""
    end = place
    for number in range(place, len(lines)):
        if not lines[number].strip(" \t"):
            continue
        if _indent_of(lines[number]) < indent:
            break
        end = number + 1
    return [_outdented(line, indent) for line in lines[place:end]], end


def _code_lines(lines: Sequence[str], place: int, fence: str, indent: int) -> tuple[list[str], int]:
    """Return the lines of code up to the fence that ends it, or to the end, and the place of the next line."""
    closing = re.compile(rf"[ \t]{{0,{indent + 3}}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*")
    held: list[str] = []
    while place < len(lines):
        line = lines[place]
        place += 1
        if closing.fullmatch(line):
            break
        held.append(_outdented(line, indent))
    return held, place


def _outdented(line: str, indent: int) -> str:
    """Return a line without so much of its indent; of a tab that reaches further, blanks are left."""
    column = 0
    for place, sign in enumerate(line):
        if column >= indent or sign not in " \t":
            return " " * (column - indent) + line[place:]
        column += _TAB - column % _TAB if sign == "\t" else 1
    return " " * (column - indent)


def _code_block(held: Sequence[str], lead: str, language: str) -> Iterator[str]:
    fence = _fence_for("\n".join(held))
    indent = " " * len(lead)
    yield f"{lead}{fence}{language}"
    yield from (f"{indent}{line}" if line else "" for line in held)
    yield f"{indent}{fence}"


def _fence_for(text: str) -> str:
    return "`" * (max(2, *map(len, _TICK_RUNS.findall(text))) + 1) if "```" in text else "```"


def _language(info: str) -> str:
    found = _LANGUAGE.match(info.strip())
    name = found[0] if found else ""
    return "" if name.casefold() in _RUN_BY_NOTES else name


def _below_page(text: str) -> str:
    """Return a text whose headings rank below those of its page, and none is made by a line under it."""
    if ("-" in text or "=" in text) and _UNDERLINED.search(f"\n{text}"):
        text = _UNDERLINE.sub(_no_underline, text)
    return _HEADING.sub(_lower_heading, text) if "#" in text else text


def _lower_heading(heading: re.Match[str]) -> str:
    return heading["lead"] + "#" * min(_LOWEST_RANK, len(heading["signs"]) + _RANKS_ABOVE)


def _no_underline(underline: re.Match[str]) -> str:
    signs = underline["signs"]
    return underline["lead"] + ("***" if signs.startswith("-" * _RULE_LENGTH) else f"\\{signs}")
