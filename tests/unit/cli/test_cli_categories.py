"""`memlake list` by category and by what is private, and a category by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.commandline import Finished, memlake_here
from support.lakes import export_folder, memory, take_in

MEMORIES = [
    memory("m-vim", "User writes letters in Vim."),
    memory("m-wife", "User lives in Cork with his wife."),
    memory("m-wifi", "The wifi password is tulip77! for guests."),
    memory("m-ill", "User has asthma and owes 500 € to a clinic."),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a lake of four memories."""
    take_in(tmp_path / "lake", export_folder(tmp_path, "export-2026-01-01", memories=MEMORIES, user="u1"))
    return tmp_path


def listed(folder: Path, *words: str) -> Finished:
    """Run `memlake list`, 80 columns wide."""
    return memlake_here("list", *words, cwd=folder, columns=80)


def test_memories_of_a_category_are_listed_with_the_reason(folder: Path) -> None:
    """In 80 columns, with what to type for another category."""
    done = listed(folder, "--category", "tools", "--category", "personal")

    assert done.exit_code == 0
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert "you work with" in done.stdout
    assert "3 memories: 2 personal, 1 tools" in done.stdout
    assert "--set-category other" in done.stdout
    assert "tulip77" not in done.stdout


def test_rows_for_programs_carry_category_and_reason(folder: Path) -> None:
    """In every format; JSON and CSV of all memories, too."""
    rows = {row["memory_id"]: row for row in json.loads(listed(folder, "--json").stdout)}
    assert rows["m-vim"]["category"] == "tools"
    assert "“Vim”" in rows["m-vim"]["category_reason"]
    head, *lines = listed(folder, "--format", "csv", "--category", "tools").stdout.splitlines()
    assert head.endswith("category,category_reason,subject,is_about_another")
    assert [line.split(",")[0] for line in lines] == ["m-vim"]
    assert "| id | category | memory | why |" in listed(folder, "--format", "md", "--category", "tools").stdout


def test_nothing_of_a_category_is_said(folder: Path) -> None:
    """And where to look."""
    done = listed(folder, "--category", "corrections")
    assert (done.exit_code, "no memories" in done.stdout) == (0, True)


def test_private_memories_are_listed_with_what_tells_it(folder: Path) -> None:
    """One memory may be private in several ways."""
    done = listed(folder, "--private", "passwords", "--private", "health", "--private", "finance")
    assert done.exit_code == 0
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert "tulip77!" in done.stdout
    assert "2 memories; what is private in other words" in done.stdout

    rows = json.loads(listed(folder, "--private", "health", "--private", "finance", "--json").stdout)
    assert [(row["memory_id"], row["private_classes"]) for row in rows] == [("m-ill", ["finance", "health"])]
    assert "| id | private | memory | why |" in listed(folder, "--private", "health", "--format", "md").stdout
    assert listed(folder, "--private", "health", "--text", "Vim").stdout.startswith("no such memories")


def test_status_warns_with_counts_and_the_next_command(folder: Path) -> None:
    """And never prints the secret."""
    done = memlake_here("status", cwd=folder, columns=80)
    assert "passwords in 1 memory:\n" in done.stdout
    assert "memlake list --private passwords\n" in done.stdout
    assert "tulip77" not in done.stdout
    private = json.loads(memlake_here("status", "--json", cwd=folder).stdout)["private"]
    assert [(one["private_class"], one["memory_count"]) for one in private] == [
        ("finance", 1),
        ("health", 1),
        ("passwords", 1),
    ]


def test_a_category_is_set_and_given_back(folder: Path) -> None:
    """The card of the memory shows it."""
    done = listed(folder, "m-vim", "--set-category", "projects")
    assert (done.exit_code, "you chose it" in done.stdout) == (0, True)
    assert "list m-vim --set-category auto" in done.stdout
    assert "projects (you chose it)" in memlake_here("show", "m-vim", cwd=folder).stdout

    row = json.loads(listed(folder, "writes", "letters", "--set-category", "auto", "--json").stdout)
    assert (row["memory_id"], row["category"]) == ("m-vim", "tools")
    assert "| m-vim | other |" in listed(folder, "m-vim", "--set-category", "other", "--format", "md").stdout
    assert "--set-category auto" not in listed(folder, "m-vim", "--set-category", "auto").stdout


def test_several_memories_to_choose_from_are_no_success(folder: Path) -> None:
    """They are listed with the command for one of them, or as data."""
    done = listed(folder, "User", "--set-category", "other")
    assert done.exit_code == 2
    assert "3 fit; choose one:" in done.stdout
    assert done.stdout.rstrip().endswith("--set-category other")

    done = listed(folder, "User", "--set-category", "other", "--json")
    assert (done.exit_code, len(json.loads(done.stdout))) == (2, 3)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("vim",), "--text finds words"),
        (("--set-category", "other"), "needs a memory"),
        ((" ", "--set-category", "other"), "needs a memory"),
        (("vim", "--set-category", "other", "--state", "active"), "--state chooses among all"),
        (("vim", "--set-category", "hobby"), "hobby"),
        (("--category", "hobby"), "hobby"),
        (("--private", "hobby"), "hobby"),
        (("--as-of", "2026-01-01", "--category", "tools"), "--category is about the list as it is now"),
        (("--as-of", "2026-01-01", "--private", "health"), "--private is about the list as it is now"),
    ],
)
def test_what_does_not_fit_together_is_refused(folder: Path, words: tuple[str, ...], said: str) -> None:
    """With the option that is wrong."""
    done = listed(folder, *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
