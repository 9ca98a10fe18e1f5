"""What `search` prints, to the byte, on the sample exports and on a hostile one, 100 columns wide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.commandline import memlake_here
from support.hostile import hostile_export, steering_characters
from support.lakes import lake_of
from support.samples import CHATGPT_FOLDERS

AssertGolden = Callable[[str, str], None]

SEARCHING = {
    "words": ("search", "cello", "lesson"),
    "phrase": ("search", '"sourdough starter"', "-batata"),
    "limited": ("search", "lyon", "--role", "user", "--since", "2025-11", "--limit", "2"),
    "memories": ("search", "Lyon", "--in", "memories", "--state", "deleted"),
    "tools": ("search", "Miso", "--in", "tools"),
    "markdown": ("search", "beag*", "--format", "md"),
    "json": ("search", "beag*", "--json"),
    "nothing": ("search", "celo", "dog"),
    "limited-to-nothing": ("search", "miso", "--since", "2026-11"),
    "not-together": ("search", "cello", "dog"),
}
FORMATS = ("table", "json", "jsonl", "csv", "md")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with a lake of the sample exports that was searched before."""
    folder = tmp_path_factory.mktemp("searched")
    lake_of(folder / "lake", *CHATGPT_FOLDERS)
    memlake_here("search", "hello", cwd=folder)
    return folder


@pytest.mark.parametrize("name", SEARCHING)
def test_a_search_of_the_samples(folder: Path, assert_golden: AssertGolden, name: str) -> None:
    """What the invented person finds of what was said."""
    done = memlake_here(*SEARCHING[name], cwd=folder)

    assert (done.exit_code, done.stderr) == (0, "")
    assert_golden(f"cli_search_{name}.txt", done.stdout)


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_search_in_a_hostile_export_is_inert(tmp_path: Path, format_name: str) -> None:
    """Titles, quotes and what was typed steer no terminal, in any format."""
    lake_of(tmp_path / "lake", hostile_export(tmp_path))

    for query in ("link", "\x1b[31m", "\x1b[2J nowhere"):
        words = ("search", query, "--format", format_name)
        done = memlake_here(*words, cwd=tmp_path, is_terminal=format_name == "csv")
        assert (done.exit_code, done.stderr) == (0, "")
        assert steering_characters(done.stdout) == set()
    assert "link" in memlake_here("search", "link", "--format", format_name, cwd=tmp_path).stdout
