"""Which two exports are compared where nobody says which: the newest that can be, and what was left out is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.chatgpt import conversation, user
from support.commandline import memlake_here
from support.lakes import export_folder, lake_of, memory
from support.pasted import as_text, pasted

import memlake

TEA, DOG = "User drinks tea.", "User has a dog."


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> memlake.Lake:
    """Return a lake of two lists, an export without one, and a list that was pasted last."""
    folder = tmp_path_factory.mktemp("choice")
    chats = [conversation("c1", user("hi"))]
    lists = [[memory("m-tea", TEA)], [memory("m-tea", TEA), memory("m-dog", DOG)], None]
    exports = [
        export_folder(folder, f"one-2025-0{month}-01", memories=listed, conversations=chats, user="user-1")
        for month, listed in enumerate(lists, start=1)
    ]
    path = lake_of(folder / "lake", *exports)
    pasted(path, as_text(TEA, "User has a cat."), assistant="chatgpt")
    return memlake.Lake(path)


def test_newest_two_that_can_be_compared_are(lake: memlake.Lake) -> None:
    """What is newer and has no whole list is left out by name."""
    found = lake.diff()

    assert found.is_comparable
    assert [(one.change_kind, one.content_after) for one in found.changes] == [("new", DOG)]
    assert [(one.file_name, one.memory_count) for one in found.skipped] == [
        ("one-2025-03-01", None),
        ("standard input", 2),
    ]


def test_newest_conversations_that_can_be_compared_are(lake: memlake.Lake) -> None:
    """A list that was pasted holds none."""
    found = lake.diff_conversations()

    assert found.is_comparable
    assert (found.before.file_name, found.after.file_name) == ("one-2025-02-01", "one-2025-03-01")
    assert [one.file_name for one in found.skipped] == ["standard input"]


def test_one_export_is_compared_with_the_newest_that_can_be(lake: memlake.Lake) -> None:
    """Where only the first is chosen; of none after it, with the latest all the same."""
    found = lake.diff("2025-01-01")

    assert (found.after.file_name, len(found.skipped)) == ("one-2025-02-01", 2)
    assert not lake.diff("2025-02-01").is_comparable
    assert lake.diff("2025-02-01").skipped == ()


def test_what_is_chosen_is_compared(lake: memlake.Lake) -> None:
    """As it was asked for; a list that was pasted shows how much it holds."""
    found = lake.diff("latest~1", "latest")

    assert (found.is_comparable, found.skipped, found.after.memory_count) == (False, (), 2)


def test_page_and_lines_tell_what_was_left_out(lake: memlake.Lake) -> None:
    """In the head, beside the lines on standard error, and in JSON."""
    page, lines, data = (memlake_here("diff", *more, cwd=lake.folder.parent) for more in ([], ["--short"], ["--json"]))

    assert (
        "left out, since they cannot be compared: one-2025-03-01 (2025-03-01), standard input (2025-05-15)"
        in page.stdout
    )
    assert lines.stderr.startswith("memlake: note: left out")
    assert [one["memory_count"] for one in json.loads(data.stdout)["skipped"]] == [None, 2]


def test_without_two_lists_the_latest_two_say_why(tmp_path: Path) -> None:
    """Nothing better is there."""
    exports = [
        export_folder(tmp_path, f"one-2025-0{month}-01", conversations=[conversation("c1", user("hi"))], user="user-1")
        for month in (1, 2)
    ]
    found = memlake.Lake(lake_of(tmp_path / "lake", *exports)).diff()

    assert (found.before.file_name, found.after.file_name) == ("one-2025-01-01", "one-2025-02-01")
    assert not found.is_comparable
