"""What the commands print, to the byte, on the sample exports and on a hostile one, 100 columns wide."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from support.chatgpt import conversation, numbered, user
from support.commandline import memlake_here
from support.hostile import STEERING, hostile_export, steering_characters
from support.lakes import export_folder, memory
from support.samples import AUGUST, CHATGPT_FOLDERS, SEPTEMBER

AssertGolden = Callable[[str, str], None]

READING = {
    "list": ("list",),
    "list-likely": ("list", "--channel", "likely"),
    "list-markdown": ("list", "--text", "cello", "--format", "md"),
    "list-category": ("list", "--category", "projects", "--category", "tools"),
    "list-private": ("list", "--private", "health"),
    "show-memory": ("show", "prefers concise"),
    "show-conversation": ("show", "Cello practice plan", "--all"),
    "show-choice": ("show", "cello"),
    "show-memories": ("show", "Moving to Lyon", "--memories"),
    "show-conversations": ("show", "beagle", "--conversations"),
    "list-as-of": ("list", "--as-of", "2025-12-01"),
    "list-deleted": ("list", "--state", "deleted"),
    "diff": ("diff", "2025-09-30", "2026-01-12"),
    "diff-short": ("diff", "2025-09-30", "2026-01-12", "--short"),
    "diff-markdown": ("diff", "2025-09-30", "2026-01-12", "--format", "md"),
    "diff-conversations": ("diff", "2025-09-30", "2026-01-12", "--conversations"),
    "diff-conversations-short": ("diff", "2025-09-30", "2026-01-12", "--conversations", "--short"),
    "diff-backwards": ("diff", "2026-01-12", "2025-09-30"),
    "diff-no-list": ("diff", "2026-01-12", "2026-08-03"),
    "diff-latest": ("diff",),
    "diff-emptied": ("diff", "2025-09-30", "2026-10-20"),
    "history": ("history",),
    "history-one": ("history", "miso"),
    "history-deleted": ("history", "maratona"),
    "history-choice": ("history", "cello"),
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
HOSTILE_PAIR = {
    "diff": ("diff",),
    "diff-short": ("diff", "--short"),
    "diff-json": ("diff", "--json"),
    "diff-csv": ("diff", "--format", "csv"),
    "diff-markdown": ("diff", "--format", "markdown"),
    "diff-conversations": ("diff", "--conversations"),
    "diff-conversations-short": ("diff", "--conversations", "--short"),
    "history": ("history",),
    "history-one": ("history", "mem-gone"),
    "list-as-of": ("list", "--as-of", "2026-01-20"),
    "show-memories": ("show", "c-gone", "--memories"),
    "show-conversations": ("show", "mem-gone", "--conversations"),
}


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with a lake that took in a hostile export."""
    folder = tmp_path_factory.mktemp("hostile")
    memlake_here("ingest", hostile_export(folder), cwd=folder)
    return folder


@pytest.fixture(scope="session")
def hostile_pair_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with a lake of two exports, between which every hostile text changes."""
    folder = tmp_path_factory.mktemp("hostile-pair")
    kept, steered = "word " * 5 + "\x00", f"{STEERING} {'l' * 120}ng\nsecond line"
    texts = [
        {"mem-gone\x1b[2J": steered, "mem-kept": kept, "mem-off\nforged": "[red]a[/red]"},
        {"mem-new": steered, "mem-kept": kept.replace("word", STEERING, 1), "mem-off\nforged": "[red]a[/red]"},
    ]
    for month, listed in enumerate(texts, start=1):
        export = export_folder(
            folder,
            f"evil [red]\x1b[31m-2026-0{month}-03",
            memories=[memory(key, text, enabled=month == 1 or "off" not in key) for key, text in listed.items()],
            conversations=[
                conversation(key, *numbered(user("hi")), title=f"{STEERING} {month}")
                for key in ("c-same", "c-gone" if month == 1 else "c-new")
            ],
            user="user-1",
        )
        memlake_here("ingest", export, cwd=folder)
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
    done = memlake_here(*HOSTILE[name], cwd=hostile_folder, is_terminal="csv" in HOSTILE[name])

    assert (done.exit_code, done.stderr) == (0, "")
    assert steering_characters(done.stdout) == set()
    assert_golden(f"cli_hostile_{name}.txt", _without_place(done.stdout, hostile_folder))


@pytest.mark.parametrize("name", HOSTILE_PAIR)
def test_hostile_texts_stay_inert_when_they_change(
    hostile_pair_folder: Path, assert_golden: AssertGolden, name: str
) -> None:
    """Marked words, cut texts and titles steer nothing either; a line break in an id forges no line."""
    done = memlake_here(*HOSTILE_PAIR[name], cwd=hostile_pair_folder, is_terminal="csv" in HOSTILE_PAIR[name])

    assert (done.exit_code, done.stderr) == (0, "")
    assert steering_characters(done.stdout) == set()
    assert_golden(f"cli_hostile_pair_{name}.txt", _without_place(done.stdout, hostile_pair_folder))


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
