"""What the commands print, to the byte, on the sample exports and on a hostile one, 100 columns wide."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from support.commandline import memlake_here
from support.hostile import hostile_export, steering_characters
from support.samples import AUGUST, CHATGPT_FOLDERS, SEPTEMBER

AssertGolden = Callable[[str, str], None]

READING = {
    "list": ("list",),
    "list-likely": ("list", "--channel", "likely"),
    "list-markdown": ("list", "--text", "cello", "--format", "md"),
    "show-memory": ("show", "prefers concise"),
    "show-conversation": ("show", "Cello practice plan", "--all"),
    "show-choice": ("show", "cello"),
    "status": ("status",),
    "exports": ("exports",),
    "exports-drop": ("exports", "drop", "b777"),
}
HOSTILE = {
    "list": ("list",),
    "list-csv": ("list", "--format", "csv"),
    "list-json": ("list", "--json"),
    "list-markdown": ("list", "--format", "markdown"),
    "show-memory": ("show", "mem-"),
    "show-conversation": ("show", "c-1", "--all"),
    "show-choice": ("show", "red"),
    "status": ("status",),
}


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with a lake that took in a hostile export."""
    folder = tmp_path_factory.mktemp("hostile")
    memlake_here("ingest", hostile_export(folder), cwd=folder)
    return folder


@pytest.mark.parametrize("name", READING)
def test_a_command_shows_the_sample_lake(sample_lake: Path, assert_golden: AssertGolden, name: str) -> None:
    """What people read about the sample exports, command by command."""
    done = memlake_here(*READING[name], cwd=sample_lake.parent)

    assert (done.exit_code, done.stderr) == (0, "")
    assert_golden(f"cli_{name}.txt", _without_place(done.stdout, sample_lake.parent))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_command_shows_hostile_texts_inert(hostile_folder: Path, assert_golden: AssertGolden, name: str) -> None:
    """No character of an export steers the terminal, in any format, and markup is shown as it stands."""
    done = memlake_here(*HOSTILE[name], cwd=hostile_folder)

    assert (done.exit_code, done.stderr) == (0, "")
    assert steering_characters(done.stdout) == set()
    assert_golden(f"cli_hostile_{name}.txt", _without_place(done.stdout, hostile_folder))


def test_the_receipt_of_one_export(tmp_path: Path, assert_golden: AssertGolden) -> None:
    """One export is shown in full; a record that could not be read makes the exit code 3."""
    memlake_here("ingest", SEPTEMBER, cwd=tmp_path)

    done = memlake_here("ingest", AUGUST, cwd=tmp_path)

    assert (done.exit_code, done.stderr) == (3, "")
    assert_golden("cli_ingest-one.txt", _without_place(done.stdout, tmp_path))


def test_the_receipt_of_several_exports(tmp_path: Path, assert_golden: AssertGolden) -> None:
    """Several exports are a row each, then what went wrong and what they cannot tell."""
    done = memlake_here("ingest", *CHATGPT_FOLDERS, "not-there.zip", cwd=tmp_path)

    assert done.exit_code == 3
    assert done.stderr.startswith("memlake: error: ")
    assert_golden("cli_ingest-several.txt", _without_place(done.stdout, tmp_path))


def test_the_receipt_of_a_hostile_export(tmp_path: Path, assert_golden: AssertGolden) -> None:
    """File names, labels and reasons in a receipt are as inert as texts."""
    done = memlake_here("ingest", hostile_export(tmp_path), "--dry-run", cwd=tmp_path)

    assert (done.exit_code, done.stderr) == (3, "")
    assert steering_characters(done.stdout) == set()
    assert_golden("cli_hostile_ingest.txt", _without_place(done.stdout, tmp_path))


def test_the_first_screen_of_help(tmp_path: Path, assert_golden: AssertGolden) -> None:
    """The first screen names every command with a line, and three to begin with."""
    assert_golden("cli_help.txt", memlake_here("--help", cwd=tmp_path).stdout)


def _without_place(output: str, folder: Path) -> str:
    """Return an output without what differs from run to run: the folder, and the size of a database."""
    return re.sub(r"\d+\.\d MB", "SIZE", output.replace(str(folder.resolve()), "FOLDER"))
