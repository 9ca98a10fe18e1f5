"""Pages of the archive of all sample exports, to the byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from support.lakes import open_lake

from memlake.archive.markdown import markdown_files
from memlake.archive.scope import Scope

_SHOWN = {
    "memories.md": "pages_memories.md",
    "changes.md": "pages_changes.md",
    "conversations.md": "pages_conversations.md",
    "conversations-2025-08.md": "pages_month.md",
    "project-tidewatch-b3ff9efeaf33.md": "pages_project.md",
    "2025-07-15-rental-contract-in-porto-fa7f51e6f191.md": "pages_files_and_tools.md",
    "2025-04-19-birthday-cake-without-nuts-91a4d6f7b906.md": "pages_branches.md",
    "2026-04-13-lunch-for-two-new-colleagues-1a154d297e89.md": "pages_tools_inside.md",
}


@pytest.fixture(scope="module")
def pages(all_samples_lake: Path) -> dict[str, str]:
    """Return all pages by their names."""
    with open_lake(all_samples_lake) as database:
        return {PurePosixPath(file.path).name: file.data.decode() for file in markdown_files(database, Scope())}


@pytest.mark.parametrize("name", sorted(_SHOWN))
def test_pages(name: str, pages: dict[str, str], assert_golden: Callable[[str, str], None]) -> None:
    """Each kind of page once."""
    assert_golden(_SHOWN[name], pages[name])
