"""Pages of projects: what they are called in an archive."""

from __future__ import annotations

import json
from pathlib import Path

from support.claude import human
from support.editing import said
from support.lakes import lake_of
from support.pages import body_of, front_matter_of, pages_of
from support.rendering import headings_of
from support.zips import write_files


def export_of_project(folder: Path, month: str, name: str) -> Path:
    """Write an export of one conversation in one project."""
    files = {
        "users.json": [{"uuid": "ida", "full_name": "ida", "email_address": "ida@example.org"}],
        "projects.json": [{"uuid": "p1", "name": name, "prompt_template": "Be kind.", "docs": []}],
        "conversations.json": [said("c1", "2025-02-01", human("hi"), project_uuid="p1")],
    }
    return write_files(
        folder / f"ida-2025-{month}-01", {file: json.dumps(held).encode() for file, held in files.items()}
    )


def test_a_page_keeps_its_name_when_the_project_is_renamed(tmp_path: Path) -> None:
    """The name tells the first one that was given, the page all of them."""
    names = {"03": "  ", "04": "Boat", "05": "Ship", "06": "Sail"}
    lake = lake_of(tmp_path / "lake", *(export_of_project(tmp_path, month, name) for month, name in names.items()))

    ((path, page),) = [(path, page) for path, page in pages_of(lake).items() if path.startswith("projects/")]

    assert path.startswith("projects/project-boat-")
    assert front_matter_of(page)["title"] == "Sail"
    assert front_matter_of(page)["aliases"] == ["Sail", "Boat", "Ship"]
    assert headings_of(body_of(page))[0] == (1, "Sail")
