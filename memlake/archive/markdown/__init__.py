"""The pages for people: the list of memories."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from memlake.archive.files import ArchiveFile
from memlake.archive.scope import Scope
from memlake.lake import sqlfiles
from memlake.lake.connection import Database

Style = Literal["full", "classic"]


def markdown_files(database: Database, scope: Scope, *, style: Style = "full") -> Iterator[ArchiveFile]:  # noqa: ARG001 - both styles are the published one
    """Yield the pages of an archive."""
    query = next(file for file in sqlfiles.load("queries") if file.name == "markdown")
    lines = database.query(query.body, {"account": scope.account_key or "", "title": "ChatGPT Memory Archive"})
    text = "".join(f"{row['line']}\n" for row in lines.as_dicts())
    yield ArchiveFile(path="memories.md", data=text.encode())
