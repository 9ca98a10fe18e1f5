"""Pages of an archive as tests read them: by their paths, and the links between them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from support.lakes import open_lake

from memlake.archive.markdown import markdown_files
from memlake.archive.scope import Scope, Style

_WIKI_LINK = re.compile(r"\[\[(?P<page>[^]|#]+)(?:#(?P<heading>[^]|]+))?\|[^]|]+\]\]")
_EVERYTHING = Scope()


def pages_of(lake: Path, scope: Scope = _EVERYTHING, *, style: Style = "full") -> dict[str, str]:
    """Return the text of every page by its path."""
    with open_lake(lake) as database:
        files = list(markdown_files(database, scope, style=style))
    assert len({file.path for file in files}) == len(files)
    return {file.path: file.data.decode() for file in files}


def page_about(pages: dict[str, str], words: str) -> str:
    """Return the only conversation's page whose path holds these words."""
    (found,) = [text for path, text in pages.items() if path.startswith("conversations/") and words in path]
    return found


def front_matter_of(page: str) -> dict[str, Any]:
    """Return what a page tells to programs."""
    opening, held, _ = page.split("---\n", 2)
    assert opening == ""
    found = yaml.safe_load(held)
    assert isinstance(found, dict)
    return found


def body_of(page: str) -> str:
    """Return a page without its front matter."""
    return page.split("\n---\n", 1)[1]


def links_of(page: str) -> list[tuple[str, str | None]]:
    """Return the pages that a page links to, each with the heading there."""
    return [(link["page"], link["heading"]) for link in _WIKI_LINK.finditer(page)]
