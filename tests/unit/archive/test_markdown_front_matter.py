"""Front matter is YAML that says what was meant, for any title."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from memlake.archive.markdown.front_matter import front_matter
from memlake.text import inert_line


def _read(text: str) -> dict[str, object]:
    opening, held, rest = text.split("---\n")
    assert (opening, rest) == ("", "")
    found = yaml.safe_load(held)
    assert isinstance(found, dict)
    return found


def test_what_is_not_known_is_left_out() -> None:
    """Times are read as times, numbers as numbers."""
    moment = datetime(2025, 7, 3, 20, 15, 53, 9, tzinfo=UTC)
    read = _read(front_matter([("title", "a: b"), ("url", None), ("at", moment), ("count", 3), ("is_it", True)]))
    assert read == {"title": "a: b", "at": moment.replace(microsecond=0), "count": 3, "is_it": True}


@pytest.mark.parametrize(
    "title", ["", "---", "null", "yes", "12:30", "a\n---\nevil: 1", '"', "\\", "{x}", "&a *b", "\ufffe"]
)
def test_a_title_stays_a_text(title: str) -> None:
    """Nothing in it begins another field or ends the block; U+FFFE, which YAML refuses, is spelled out."""
    assert _read(front_matter([("title", title)])) == {"title": inert_line(title).replace("\ufffe", "\\ufffe")}


def test_a_title_is_no_link_to_a_page() -> None:
    """Obsidian links properties too; a blank in its middle makes it none."""
    assert _read(front_matter([("title", "[[x]] [[[y"), ("aliases", ["[[z]]"])])) == {
        "title": "[ [x]] [ [ [y",
        "aliases": ["[ [z]]"],
    }


@given(st.text(), st.lists(st.text(), max_size=3))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_back(title: str, names: list[str]) -> None:
    """On one line, with what steers terminals spelled out."""
    read = _read(front_matter([("title", title), ("aliases", names)]))
    told = [re.sub(r"\[(?=\[)", "[ ", inert_line(text)) for text in (title, *names)]
    spelled = [text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff") for text in told]
    assert [read["title"], *(read["aliases"] or [])] == spelled  # type: ignore[misc]
