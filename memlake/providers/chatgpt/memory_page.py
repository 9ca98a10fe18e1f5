"""The memory list inside `chat.html`: what stands below its heading."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from memlake.model import Ignored, MemoryRow, Parsed, Row
from memlake.parsing.memory_rows import memory_row, split_stated_date

PAGE_MARKER = b"My ChatGPT memories"

_HEADING_END = re.compile(re.escape(PAGE_MARKER.decode()) + r"[^<>]{0,200}</h([1-6])\s*>", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ENTRY_TAGS = frozenset({"li", "p", "tr"})
_CELL = "\x1f"  # stands where a table's cell begins
_SILENT_TAGS = frozenset({"script", "style", "th"})


def read_memory_page(excerpt: bytes) -> Parsed | Ignored:
    """Read a page from its marker on: one memory per list item, table row or paragraph.

    The section ends at the next heading of its rank. An empty one is a list of no memories: the answer has
    a place for `MemoryRow`, without rows. The words of the heading in anything else are no list.
    """
    page = excerpt.decode("utf-8", "replace")
    heading = _HEADING_END.search(page)
    if heading is None:
        return Ignored("a page without a memory list")
    section = _Section(rank=int(heading[1]))
    section.feed(_harmless(page[heading.end() :]))
    section.close()
    if section.is_inside_script:
        return Ignored("a page without a memory list")
    rows: list[Row] = []
    for position, entry in enumerate(section.entries()):
        content, stated_at_us = split_stated_date(entry)
        rows.append(memory_row("html", content, created_at_us=stated_at_us, position=position))
    return Parsed(rows={MemoryRow: rows})


def _harmless(markup: str) -> str:
    """Return markup without comments, declarations and a tag cut off at the end.

    On these html.parser can fail ("<![x") or take time that grows with the square of their number.
    """
    end_of_tags = markup.rfind(">") + 1
    last_text = markup[end_of_tags:].partition("<")[0]
    first, *others = (markup[:end_of_tags] + last_text).split("<!--")
    return "".join([first, *(other.partition("-->")[2] for other in others)]).replace("<!", "&lt;!")


class _Section(HTMLParser):
    """Collects the texts of entries until the section ends; tags that are never closed do no harm."""

    def __init__(self, *, rank: int) -> None:
        super().__init__()
        self.is_inside_script = False
        self._rank = rank
        self._is_over = False
        self._texts: list[list[str]] = []
        self._open_tag: str | None = None

    def entries(self) -> list[str]:
        """Return the entries that say something, spaces collapsed and cells set apart as a browser shows them."""
        cells = ("".join(text).split(_CELL) for text in self._texts)
        joined = (" \u2013 ".join(filter(None, (" ".join(cell.split()) for cell in row))) for row in cells)
        return [text for text in joined if text]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - a fixed signature
        """Open an entry, or end the section at a heading."""
        if tag in _HEADINGS:
            self._is_over = self._is_over or int(tag[1]) <= self._rank
            self._open_tag = None
        elif tag in _SILENT_TAGS:
            self._open_tag = tag
        elif tag in _ENTRY_TAGS and (tag != "p" or self._open_tag not in ("li", "tr")):
            self._open(tag)
        elif tag == "td" and self._open_tag not in _ENTRY_TAGS:
            self._open("tr")
        else:
            self.handle_data(_CELL if tag == "td" else " ")

    def handle_endtag(self, tag: str) -> None:
        """Close an entry; the end of a script that never began shows that the heading stood inside one."""
        if tag == self._open_tag:
            self._open_tag = None
        elif tag == "script" and not self._is_over:
            self.is_inside_script = True

    def handle_data(self, data: str) -> None:
        """Add to the open entry."""
        if self._open_tag in _ENTRY_TAGS:
            self._texts[-1].append(data)

    def _open(self, tag: str) -> None:
        if not self._is_over:
            self._open_tag = tag
            self._texts.append([])
