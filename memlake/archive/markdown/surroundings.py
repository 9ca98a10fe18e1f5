"""What a line of Markdown stands in, told by the lines before it: a paragraph that goes on, items of lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ITEM = re.compile(r"(?P<lead>[ \t]*)(?P<mark>[-*+]|[0-9]{1,9}[.)])(?P<gap>[ \t]+|$)(?P<rest>.*)")
_HEADING_LINE = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_RULE = re.compile(r" {0,3}(?P<sign>[-*_])(?:[ \t]*(?P=sign)){2,}[ \t]*")
_CAN_END_PARAGRAPH = frozenset({"-", "*", "+", "1.", "1)"})
CODE_INDENT = 4
TAB = 4
DEEPEST_FENCE = 3  # columns; behind more of them a fence is text or indented code


@dataclass(slots=True)
class Surroundings:
    """What a line stands in: a paragraph that goes on, and items of lists, each by where its text begins."""

    is_in_paragraph: bool = False
    _items: list[int] = field(default_factory=list)

    def indented_code_base(self, line: str) -> int | None:
        """Return where the text would begin that a line is code to; `None` if it is no code behind an indent.

        Nor is it where a fence at that place might be none.
        """
        indent = indent_of(line)
        if self.is_in_paragraph or indent < CODE_INDENT or not line.strip(" \t"):
            return None
        base = self.base_at(indent)
        return base if indent - base >= CODE_INDENT and base <= DEEPEST_FENCE else None

    def pass_text(self, line: str) -> None:
        """Go on behind a line of text."""
        bare = line.strip(" \t")
        is_rule = _RULE.fullmatch(line) is not None
        item = None if is_rule or not bare.strip("-") else self._item(line)
        ends_paragraph = is_rule or _HEADING_LINE.match(line) is not None
        if bare and (item or ends_paragraph or not self.is_in_paragraph):
            self._leave_items(indent_of(line))
        if item:
            self._items.append(_begin_of_text(item))
        self.is_in_paragraph = bool(item["rest"] if item else bare) and not ends_paragraph

    def _item(self, line: str) -> re.Match[str] | None:
        """Return the item of a list that begins with a line; inside a paragraph few lines begin one."""
        item = _ITEM.fullmatch(line)
        if item is None or not self.is_in_paragraph:
            return item
        indent = indent_of(line)
        base = self.base_at(indent)
        is_of_paragraph = base == (self._items[-1] if self._items else 0)
        can_begin = item["mark"] in _CAN_END_PARAGRAPH and item["rest"]
        return item if indent - base < CODE_INDENT and (can_begin or not is_of_paragraph) else None

    def pass_code(self, line: str) -> None:
        """Go on behind code that began with a line."""
        self._leave_items(indent_of(line))
        self.is_in_paragraph = False

    def base_at(self, indent: int) -> int:
        """Return where the text of the item begins that a line with such an indent belongs to; 0 outside of lists."""
        return next((item for item in reversed(self._items) if item <= indent), 0)

    def _leave_items(self, indent: int) -> None:
        self._items = [item for item in self._items if item <= indent]


def indent_of(line: str) -> int:
    """Return how far a line is indented, in columns."""
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(TAB))


def _begin_of_text(item: re.Match[str]) -> int:
    mark_end = len(f"{item['lead']}{item['mark']}".expandtabs(TAB))
    begin = len(f"{item['lead']}{item['mark']}{item['gap']}".expandtabs(TAB))
    return begin if item["rest"] and begin - mark_end <= CODE_INDENT else mark_end + 1
