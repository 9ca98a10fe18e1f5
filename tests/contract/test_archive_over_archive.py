"""An archive over an archive: what is there stays as it was wished, and nothing that somebody may need is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.archives import archive_of, bytes_in, files_in
from support.commandline import memlake_here
from support.tiny import first_export, lake_with_first_export, second_export, tiny_files
from support.zips import write_zip

import memlake
from memlake.archive.manifest import read_manifest
from memlake.errors import UsageError


@pytest.fixture(scope="module")
def first_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake with one small export; tests only read it."""
    return lake_with_first_export(tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def other_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake with another export; tests only read it."""
    folder = tmp_path_factory.mktemp("other")
    memlake.ingest(second_export(folder), lake=folder / "lake")
    return folder / "lake"


@pytest.fixture
def archive(first_lake: Path, tmp_path: Path) -> Path:
    """Return a whole archive of the first lake, of pages alone."""
    memlake.Lake(first_lake).archive(tmp_path / "archive", formats=("markdown",))
    return tmp_path / "archive"


@pytest.mark.parametrize("options", [("--only", "memories"), ("--since", "2025-01-01"), ("--account", "chatgpt:")])
def test_a_part_takes_the_place_of_a_whole_archive_only_when_told(
    first_lake: Path, archive: Path, tmp_path: Path, options: tuple[str, str]
) -> None:
    """A lake could be made of it; the error says so, names the option, and nothing is written."""
    before = files_in(archive)

    refused = memlake_here("--lake", first_lake, "archive", archive, *options, cwd=tmp_path)
    rehearsed = memlake_here("--lake", first_lake, "archive", archive, *options, "--dry-run", cwd=tmp_path)

    assert (refused.exit_code, rehearsed.exit_code) == (2, 2)
    assert options[0] in refused.stderr
    assert "--replace" in refused.stderr
    assert files_in(archive) == before
    told = memlake_here("--lake", first_lake, "archive", archive, *options, "--replace", cwd=tmp_path)
    assert (told.exit_code, (archive / "base").exists()) == (0, False)


def test_an_archive_of_another_lake_is_not_replaced(other_lake: Path, archive: Path, tmp_path: Path) -> None:
    """It holds an export that this lake lacks, which the error names."""
    before = files_in(archive)

    done = memlake_here("--lake", other_lake, "archive", archive, cwd=tmp_path)

    assert (done.exit_code, "first-2026-01-01.zip" in done.stderr) == (2, True)
    assert files_in(archive) == before
    memlake.Lake(other_lake).archive(archive, replace=True)
    manifest = read_manifest(archive)
    assert manifest
    assert [export.file_name for export in manifest.exports] == ["second-2026-02-01.zip"]


def test_only_some_of_many_lost_exports_are_named(other_lake: Path, tmp_path: Path) -> None:
    """The rest are counted."""
    exports = [write_zip(tmp_path / f"{name}.zip", tiny_files(name, remembers=name)) for name in "abcde"]
    memlake.ingest(*exports, lake=tmp_path / "lake")
    folder = archive_of(tmp_path / "lake", tmp_path / "archive")

    with pytest.raises(UsageError, match="and 2 more"):
        memlake.Lake(other_lake).archive(folder)


def test_a_lake_of_more_takes_the_place_of_an_archive(archive: Path, tmp_path: Path) -> None:
    """A lake made anew of more, in another order or under another date, is none that lacks anything."""
    lake = tmp_path / "lake"
    memlake.ingest(second_export(tmp_path), lake=lake)
    renamed = first_export(tmp_path).rename(tmp_path / "mine.zip")
    memlake.ingest(renamed, lake=lake)

    memlake.Lake(lake).archive(archive)

    assert "second-2026-02-01.zip" in (archive / "changes.md").read_text(encoding="utf-8").replace("\\", "")


def test_what_nobody_says_stays_as_it_is_in_the_archive(first_lake: Path, tmp_path: Path) -> None:
    """Formats, style and cells of the CSV are those of the last time; the output says so."""
    folder = tmp_path / "archive"
    memlake.Lake(first_lake).archive(folder, formats=("csv", "markdown"), style="classic", safe_csv=True)
    before = files_in(folder)

    done = memlake_here("--lake", first_lake, "archive", folder, cwd=tmp_path)

    assert "markdown, csv as before" in done.stdout
    assert files_in(folder) == before


def test_what_somebody_says_replaces_what_was_wished_before(first_lake: Path, tmp_path: Path) -> None:
    """The archive equals one that was made so from the beginning."""
    folder = tmp_path / "archive"
    memlake.Lake(first_lake).archive(folder, formats=("csv",), style="classic", safe_csv=True)

    memlake_here(
        *("--lake", first_lake, "archive", folder, "--format", "md,csv", "--style", "full", "--plain-csv"), cwd=tmp_path
    )

    fresh = memlake.Lake(first_lake).archive(tmp_path / "fresh", formats=("markdown", "csv"))
    assert bytes_in(folder) == bytes_in(tmp_path / "fresh")
    assert not fresh.are_formats_kept


def test_what_is_in_the_way_of_an_archive_is_told_at_once(other_lake: Path, archive: Path, tmp_path: Path) -> None:
    """As when its manifest got lost: with what to move, after which it goes through; nothing is written before."""
    (archive / "MANIFEST.json").unlink()
    before = files_in(archive)

    refused = memlake_here("--lake", other_lake, "archive", archive, cwd=tmp_path)

    hint = refused.stderr.partition("hint: move ")[2].partition(" away")[0]
    assert (refused.exit_code, files_in(archive)) == (1, before)
    assert "not written by memlake as far as any MANIFEST.json tells" in refused.stderr
    assert " more" in refused.stderr
    assert {"base", "memories.md"} <= set(hint.split(", "))
    for name in hint.split(", "):
        (archive / name).rename(tmp_path / name)
    assert memlake_here("--lake", other_lake, "archive", archive, cwd=tmp_path).exit_code == 0


def test_tables_of_an_archive_that_lost_its_manifest_are_told(first_lake: Path, tmp_path: Path) -> None:
    """They are no part of the one that takes its place, and would be taken for it; those of the same are."""
    folder = archive_of(first_lake, tmp_path / "archive")
    whole = memlake.Lake(first_lake).archive(folder)
    (folder / "MANIFEST.json").unlink()

    done = memlake_here("--lake", first_lake, "archive", folder, cwd=tmp_path)

    assert whole.unlisted == ()
    assert "jsonl, csv: not of this archive" in done.stdout
    assert (folder / "csv" / "memories.csv").exists()
