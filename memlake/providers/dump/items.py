"""A list's items: which of them stand below which, which name a category, and where each of them ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from memlake.providers.dump.dates import read_date, split_leading
from memlake.providers.dump.entries import Found, date_field, read_record, without_emphasis
from memlake.providers.dump.lines import Line, bold_heading
from memlake.providers.dump.words import (
    ABOUT_THE_LIST,
    ADDRESSED,
    CLOSER,
    COLONS,
    EDGE_OF_NAMES,
    ENDS,
    GO_ON,
    NOTHING,
    is_lead_in,
)

_INDENT = 2
_DEEPEST = 12
_MOST_WORDS_OF_A_NAME = 4
_LONGEST_NAME = 80


@dataclass(slots=True, kw_only=True)
class _Item:
    line: Line
    parts: list[str]  # the text of each line, what joins it to the line before in between
    children: list[_Item] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of all its lines."""
        return "".join(self.parts)

    @property
    def lines(self) -> list[str]:
        """The words of each of its lines."""
        return self.parts[::2]


def read_items(lines: Sequence[Line], section: tuple[str, ...], *, is_answer: bool) -> Iterator[Found]:
    """Yield the entries of one list; every line is part of one, but what leads in, breaks in and follows after.

    Lines without a marker go on with the entry before them. Behind the last one a paragraph does only if it neither
    speaks to the reader nor stands in an answer, which has a beginning of its own.
    """
    yield from _entries(_tree(lines, is_answer=is_answer), section)


def _tree(lines: Sequence[Line], *, is_answer: bool) -> list[_Item]:
    roots: list[_Item] = []
    path: list[_Item] = []
    is_after_blank = False
    is_interlude = False
    last_item = max(index for index, line in enumerate(lines) if line.is_item)
    for index, line in enumerate(lines):
        if line.is_item:
            path = _path_to(line, path, roots)[:_DEEPEST]
            item = _Item(line=line, parts=[line.text])
            (path[-1].children if path else roots).append(item)
            path.append(item)
            is_interlude = False
        elif line.kind != "blank" and path and not is_interlude:
            is_trailing = index > last_item
            is_new = is_after_blank and line.indent < _INDENT
            is_interlude = _breaks_off(line.text, is_new=is_new, is_trailing=is_trailing, is_answer=is_answer)
            if not is_interlude:
                path[-1].parts += ["\n\n" if is_after_blank else " ", line.text]
        is_after_blank = line.kind == "blank"
    return roots


def _breaks_off(text: str, *, is_new: bool, is_trailing: bool, is_answer: bool) -> bool:
    """Say whether a line without a marker is no part of the entry before it."""
    if not is_new:
        return is_trailing and CLOSER.match(text) is not None
    if CLOSER.match(text) or GO_ON.fullmatch(text) or is_lead_in(text) or ABOUT_THE_LIST.match(text):
        return True
    return is_trailing and (is_answer or ADDRESSED.search(text) is not None)


def _path_to(line: Line, path: list[_Item], roots: list[_Item]) -> list[_Item]:
    """Return the items that an item stands below: by indent, and at the same indent what it is announced by.

    There another kind of marker than the first one's begins no list inside an entry, unless the entry is a name or
    ends with a colon.
    """
    level = roots
    for depth, item in enumerate(path):
        is_other = line.kind not in (item.line.kind, level[0].line.kind)
        is_announced = is_other and (_has_name(item.line.text) or item.parts[-1].endswith(COLONS))
        if line.indent < item.line.indent + _INDENT and not is_announced:
            return path[:depth]
        level = item.children
    return path


def _entries(items: Sequence[_Item], section: tuple[str, ...]) -> Iterator[Found]:
    are_mostly_parents = sum(bool(item.children) for item in items) * 2 > len(items)
    has_categories = any(item.children and bold_heading(item.text) for item in items)
    for item in items:
        if _is_category(item, are_mostly_parents=are_mostly_parents):
            yield from _entries(item.children, (*section, _name(item.text)))
        elif not (has_categories and _is_empty_category(item)):
            yield _found(item, section)


def _is_category(item: _Item, *, are_mostly_parents: bool) -> bool:
    if not item.children:
        return False
    label = split_leading(item.text)
    if label[1] is not None:
        return not label[0].strip()
    if bold_heading(item.text) or any(split_leading(child.text)[1] is not None for child in item.children):
        return True
    return are_mostly_parents and _has_name(item.text)


def _has_name(text: str) -> bool:
    """Say whether an item reads like the name of a category rather than a sentence."""
    label = split_leading(text)
    if len(text) > _LONGEST_NAME or "\n" in text or label[1] is not None:
        return label[1] is not None and not label[0]
    if text.endswith(COLONS) or bold_heading(text) or read_date(text):
        return True
    return len(text.split()) <= _MOST_WORDS_OF_A_NAME and not text.endswith((*ENDS, ",", ";"))


def _is_empty_category(item: _Item) -> bool:
    """Say whether a bold name has nothing below it, or only "none"."""
    rest = " ".join(item.lines[1:]).strip()
    is_nothing = not rest or NOTHING.fullmatch(rest[:_LONGEST_NAME]) is not None
    return is_nothing and bold_heading(item.line.text) is not None


def _name(text: str) -> str:
    label, stated = split_leading(text)
    name = text if stated is not None and not label.strip() else without_emphasis(text)
    return (bold_heading(name) or name).strip(f"{EDGE_OF_NAMES}[]")


def _found(item: _Item, section: tuple[str, ...]) -> Found:
    record = None if item.children else read_record(item.lines, section)
    if record is not None:
        return record
    stated = date_field(item.lines[-1]) if len(item.lines) > 1 else None
    own = "".join(item.parts[:-2]) if stated else item.text
    return Found("\n".join([own, *_folded(item.children, 0)]), section, stated)


def _folded(items: Sequence[_Item], depth: int) -> Iterator[str]:
    """Yield the items below an entry as the lines of its text."""
    for item in items:
        marker = f"{item.line.marker} " if item.line.marker else ""
        yield "  " * depth + marker + item.text
        yield from _folded(item.children, depth + 1)
