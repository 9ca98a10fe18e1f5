"""What `lookup-sources` prints, to the byte, on the sample exports and on a hostile one, 100 columns wide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.commandline import memlake_here
from support.hostile import hostile_export, steering_characters
from support.lakes import lake_of
from support.samples import CHATGPT_FOLDERS

AssertGolden = Callable[[str, str], None]

LOOKING_UP = {
    "again": ("lookup-sources",),
    "one": ("lookup-sources", "--memory", "sourdough"),
    "explain": ("lookup-sources", "--memory", "text-7bc", "--explain"),
    "none": ("lookup-sources", "--memory", "Elsa"),
    "text": ("lookup-sources", "--text", "I may not eat hazelnuts"),
    "choice": ("lookup-sources", "--memory", "cello"),
    "markdown": ("lookup-sources", "--format", "md"),
    "unsaid": ("query", "unsaid"),
    "show": ("show", "Elsa"),
}
FORMATS = ("table", "json", "jsonl", "csv", "md")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with a lake of the sample exports whose memories were looked up."""
    folder = tmp_path_factory.mktemp("looked-up")
    lake_of(folder / "lake", *CHATGPT_FOLDERS)
    memlake_here("lookup-sources", cwd=folder)
    return folder


@pytest.mark.parametrize("name", LOOKING_UP)
def test_sources_of_the_samples(folder: Path, assert_golden: AssertGolden, name: str) -> None:
    """Where the invented person's assistant learnt what it remembers."""
    done = memlake_here(*LOOKING_UP[name], cwd=folder)

    assert (done.exit_code, done.stderr) == (0, "")
    assert_golden(f"cli_lookup_{name}.txt", done.stdout)


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_lookup_in_a_hostile_export_is_inert(tmp_path: Path, format_name: str) -> None:
    """Titles, quotes, neighbours and evidence steer no terminal, in any format."""
    lake_of(tmp_path / "lake", hostile_export(tmp_path))

    words = ("lookup-sources", "--explain", "--format", format_name)
    done = memlake_here(*words, cwd=tmp_path, is_terminal=format_name == "csv")

    assert (done.exit_code, done.stderr) == (0, "")
    assert "link" in done.stdout
    assert steering_characters(done.stdout) == set()
