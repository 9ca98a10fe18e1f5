"""`make` passes on what was typed, whatever is in it, and explains itself."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from support.checkout import make, make_checkout
from support.documents import ROOT
from support.lakes import open_lake
from support.samples import AUGUST, zip_sample


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout whose environment is the one that runs this test."""
    folder = tmp_path / "my check-out (1)"
    folder.mkdir()
    return make_checkout(folder, environment=Path(sys.prefix))


def ingested_file_names(lake: Path) -> list[str]:
    """Return what a lake says it took in."""
    with open_lake(lake) as database:
        return [str(file_name) for (file_name,) in database.query("select file_name from exports").rows]


@pytest.mark.parametrize(
    "name",
    [
        "My export (1).zip",
        """it's "mine".zip""",
        "$HOME $(shell touch made-by-make) `touch made-by-sh` $$.zip",
        "--help; touch made-by-sh.zip",
        "a#b*c[1] \\ % , é.zip",
    ],
)
def test_ingest_takes_a_path_as_typed(checkout: Path, name: str) -> None:
    """Neither make nor the shell reads anything into a file name; a partly read export counts as success."""
    zip_sample(AUGUST, checkout, name=name)

    done = make(checkout, "ingest", f"EXPORT={name}")

    assert done.returncode == 0, done.stderr
    assert ingested_file_names(checkout / "lake") == [name]
    assert list(checkout.glob("made-by-*")) == []


def test_ingest_understands_home_and_another_lake(checkout: Path, tmp_path: Path) -> None:
    """`~` is the home folder also where the shell has left it as it is, in EXPORT and in LAKE."""
    zip_sample(AUGUST, tmp_path, name="export.zip")

    done = make(checkout, "ingest", "EXPORT=~/export.zip", "LAKE=~/$my lake", home=tmp_path)

    assert done.returncode == 0, done.stderr
    assert ingested_file_names(tmp_path / "$my lake") == ["export.zip"]


def test_ingest_without_an_export_says_how_to_name_one(checkout: Path) -> None:
    """The message holds a command to type."""
    done = make(checkout, "ingest")

    assert done.returncode == 2
    assert "make ingest EXPORT=" in done.stderr


def test_ingest_of_a_missing_file_fails(checkout: Path) -> None:
    """Only a partly read export is forgiven."""
    done = make(checkout, "ingest", "EXPORT=nowhere.zip")

    assert done.returncode == 2
    assert "nowhere.zip" in done.stderr


def test_list_shows_what_was_taken_in(checkout: Path) -> None:
    """The two targets work on the same lake."""
    make(checkout, "ingest", "EXPORT=sample_exports/chatgpt-2025-09-30")

    done = make(checkout, "list")

    assert done.returncode == 0, done.stderr
    assert "Miso" in done.stdout


def test_lookup_finds_where_it_was_learnt(checkout: Path) -> None:
    """In the same lake."""
    make(checkout, "ingest", "EXPORT=sample_exports/chatgpt-2025-09-30")

    done = make(checkout, "lookup")

    assert done.returncode == 0, done.stderr
    assert "Miso and the vet" in done.stdout


def test_archive_writes_where_it_is_told(checkout: Path, tmp_path: Path) -> None:
    """`~` and spaces in DIR mean what they mean in a shell; without DIR it says how to name one."""
    zip_sample(AUGUST, checkout, name="export.zip")
    make(checkout, "ingest", "EXPORT=export.zip")

    done = make(checkout, "archive", "DIR=~/my $archive", home=tmp_path)
    unsaid = make(checkout, "archive")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "my $archive" / "MANIFEST.json").exists()
    assert (unsaid.returncode, 'make archive DIR="' in unsaid.stderr) == (2, True)


def test_make_alone_lists_every_target(checkout: Path) -> None:
    """Each target that people type has a line of help."""
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", rules, re.MULTILINE)

    done = make(checkout)

    assert phony is not None
    assert [line.split()[1] for line in done.stdout.splitlines()] == phony[1].split()
