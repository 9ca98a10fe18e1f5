"""Projects: how many conversations they have, where exports tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.claude import Json, human
from support.editing import said
from support.lakes import ask, lake_of
from support.zips import write_files

PROJECTS: list[Json] = [{"uuid": key, "name": key, "docs": []} for key in ("p1", "p2")]


def project_export(folder: Path, conversations: list[Json] | None) -> Path:
    """Write an export of two projects."""
    files = {
        "users.json": [{"uuid": "ida", "full_name": "ida", "email_address": "ida@example.org"}],
        "projects.json": PROJECTS,
        "conversations.json": conversations,
    }
    return write_files(
        folder / "ida-2025-03-01", {name: json.dumps(held).encode() for name, held in files.items() if held is not None}
    )


@pytest.mark.parametrize(
    ("conversations", "counts"),
    [
        pytest.param(None, [("p1", None), ("p2", None)], id="no conversations"),
        pytest.param(
            [said("c1", "2025-02-01", human("hi"))], [("p1", None), ("p2", None)], id="none tells its project"
        ),
        pytest.param(
            [said("c1", "2025-02-01", human("hi"), project_uuid="p1")], [("p1", 1), ("p2", 0)], id="one tells it"
        ),
    ],
)
def test_number_of_conversations_is_known_where_they_are_exported(
    tmp_path: Path, conversations: list[Json] | None, counts: list[tuple[str, int | None]]
) -> None:
    """And say to which project they belong; else it is unknown, not zero."""
    lake = lake_of(tmp_path / "lake", project_export(tmp_path, conversations))

    assert ask(lake, "select project_id, conversation_count from projects order by 1") == counts
