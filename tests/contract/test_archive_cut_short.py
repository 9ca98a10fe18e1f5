"""An archive that a killed run left half new: it is read as it is, and finished without a loss of what came since."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from support.archives import archive_of, bytes_in, cut_short, files_in
from support.commandline import memlake_here
from support.lakes import change
from support.tiny import lake_with_first_export, second_export

import memlake
from memlake.archive.manifest import ARCHIVE, places, read_manifest
from memlake.errors import LakeError
from memlake.folders.files import FolderFile, sealed
from memlake.folders.swap import Swap
from memlake.folders.writing import FolderWriter, only_folder_writer


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive of one export, to be copied."""
    folder = tmp_path_factory.mktemp("old")
    return archive_of(lake_with_first_export(folder), folder / "archive")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same lake with one more export, a label less and no rejects; tests only read it."""
    folder = tmp_path_factory.mktemp("grown")
    lake = lake_with_first_export(folder)
    memlake.ingest(second_export(folder), lake=lake)
    change(lake, "delete from raw.runs")
    return lake


@pytest.fixture(scope="module")
def fresh(lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive of the lake as it is now; tests only read it."""
    return archive_of(lake, tmp_path_factory.mktemp("fresh") / "archive")


@pytest.fixture
def archive(old: Path, fresh: Path, tmp_path: Path) -> Path:
    """Return the old archive as a kill left it, when nothing of the new one was in its place yet."""
    return cut_short(Path(shutil.copytree(old, tmp_path / "archive")), fresh)


def pending(archive: Path, old: Path) -> str:
    """Return the path of a page that awaits its place, where no file has been."""
    names = bytes_in(Swap(archive, ARCHIVE).staging / "complete")
    return next(name for name in names if name.startswith("conversations/") and not (old / name).exists())


def test_reading_an_archive_that_was_cut_short_changes_nothing(archive: Path, tmp_path: Path) -> None:
    """The new files count where they lie: all of it is proven, a lake is made of it, and the output says how it is."""
    before = files_in(archive)

    verified = memlake_here("verify", archive, cwd=tmp_path)
    restored = memlake_here("restore", archive, "--lake", tmp_path / "restored", cwd=tmp_path)

    assert (verified.exit_code, restored.exit_code) == (0, 0)
    assert "an earlier run of archive was cut short" in verified.stdout
    assert "an earlier run of archive was cut short" in restored.stdout
    assert files_in(archive) == before
    assert {export.file_name for export in memlake.Lake(tmp_path / "restored").exports()} == {
        "first-2026-01-01.zip",
        "second-2026-02-01.zip",
    }


def test_the_next_run_finishes_what_was_cut_short(lake: Path, archive: Path, fresh: Path, tmp_path: Path) -> None:
    """It says so, once, and the archive is the new one."""
    done = memlake_here("--lake", lake, "archive", archive, cwd=tmp_path)

    assert (done.exit_code, "an earlier run was cut short" in done.stdout) == (0, True)
    assert bytes_in(archive) == bytes_in(fresh)
    assert "cut short" not in memlake_here("--lake", lake, "archive", archive, cwd=tmp_path).stdout


def test_what_somebody_did_after_the_kill_is_kept(lake: Path, old: Path, archive: Path, fresh: Path) -> None:
    """What they wrote in a page, and a file of theirs under a name that awaits its file; both are told."""
    name = pending(archive, old)
    (archive / "memories.md").write_text("a note", encoding="utf-8")
    (archive / "csv" / "memories.csv").write_text("a cell", encoding="utf-8")
    (archive / name).write_text("a page of mine", encoding="utf-8")

    done = memlake.Lake(lake).archive(archive)

    kept = {"memories.edited.md": b"a note", "edited/csv/memories.edited.csv": b"a cell"}
    kept[name.replace(".md", ".edited.md")] = b"a page of mine"
    assert (set(done.files.kept), done.was_cut_short) == (set(kept), True)
    assert bytes_in(archive) == bytes_in(fresh) | kept


def test_a_file_that_goes_is_kept_if_somebody_changed_it_after_the_kill(old: Path, fresh: Path, tmp_path: Path) -> None:
    """It is no part of the new archive, and the note in it is nobody else's."""
    archive = cut_short(Path(shutil.copytree(fresh, tmp_path / "archive")), old)
    gone = next(name for name in bytes_in(fresh) if name.endswith(".md") and not (old / name).exists())
    (archive / gone).write_text("a note", encoding="utf-8")

    with only_folder_writer(archive, ARCHIVE) as kept:
        told = kept

    name = gone.replace(".md", ".edited.md")
    assert told == (name,)
    assert bytes_in(archive) == bytes_in(old) | {name: b"a note"}


def test_what_is_no_file_makes_way_for_the_file_that_awaits_its_place(
    lake: Path, archive: Path, fresh: Path, tmp_path: Path
) -> None:
    """A link, a folder with the name of a file, and a file with the name of a folder; nothing is written elsewhere."""
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.rmtree(archive / "months")
    (archive / "months").write_text("mine", encoding="utf-8")
    shutil.rmtree(archive / "csv")
    (archive / "csv").symlink_to(outside)
    (archive / "memories.md").unlink()
    (archive / "memories.md").mkdir()

    done = memlake.Lake(lake).archive(archive)

    assert set(done.files.kept) == {"months.edited", "csv.edited", "memories.edited.md"}
    assert (list(outside.iterdir()), memlake.verify(archive).problems) == ([], ())
    assert {name: data for name, data in bytes_in(archive).items() if "edited" not in name} == bytes_in(fresh)


def test_what_nobody_can_do_now_is_told_and_done_by_the_same_command(
    lake: Path, archive: Path, fresh: Path, tmp_path: Path
) -> None:
    """The archive is half new: not as it was before."""
    (archive / "csv" / "memories.csv").write_text("a cell", encoding="utf-8")
    (archive / "edited").write_text("mine", encoding="utf-8")

    stuck = memlake_here("--lake", lake, "archive", archive, cwd=tmp_path)
    (archive / "edited").unlink()
    done = memlake_here("--lake", lake, "archive", archive, cwd=tmp_path)

    assert (stuck.exit_code, done.exit_code) == (1, 0)
    assert f"{archive / 'edited'} cannot be replaced" in stuck.stderr
    assert "half old, half new" in stuck.stderr
    assert "run the same command again" in stuck.stderr
    assert bytes_in(archive) == bytes_in(fresh) | {"edited/csv/memories.edited.csv": b"a cell"}


def test_a_rehearsal_finishes_nothing(lake: Path, archive: Path, tmp_path: Path) -> None:
    """It says what comes first, and writes nothing."""
    before = files_in(archive)

    done = memlake_here("--lake", lake, "archive", archive, "--dry-run", cwd=tmp_path)

    assert (done.exit_code, "without --dry-run" in done.stderr, files_in(archive)) == (2, True, before)


@pytest.mark.parametrize(
    "plan",
    [
        None,
        b"[]",
        b'{"new": {}, "gone": {}}',
        sealed({"new": {"mine.md": None}, "gone": {"../outside.txt": "0"}}, "plan_sha256"),
    ],
    ids=["none", "no plan", "without its hash", "leads out of the folder"],
)
def test_what_no_run_left_is_moved_nowhere(lake: Path, tmp_path: Path, plan: bytes | None) -> None:
    """A hidden folder of that name that somebody made is no swap, and its list of files no order to delete any."""
    (tmp_path / "outside.txt").write_text("mine", encoding="utf-8")
    folder = tmp_path / "archive"
    hidden = folder / ".memlake-archive"
    (hidden / "complete").mkdir(parents=True)
    (hidden / "complete" / "mine.md").write_text("mine", encoding="utf-8")
    if plan is not None:
        (hidden / "plan.json").write_bytes(plan)

    verified = memlake_here("verify", folder, cwd=tmp_path)
    archived = memlake_here("--lake", lake, "archive", folder, cwd=tmp_path)

    assert (verified.exit_code, "there is no archive" in verified.stderr) == (1, True)
    assert (archived.exit_code, (folder / "mine.md").exists()) == (0, False)
    assert (tmp_path / "outside.txt").exists()


def test_what_somebody_writes_while_a_run_writes_is_kept(old: Path, tmp_path: Path) -> None:
    """Between the look at a file and the moment in which it is replaced; it is told as well."""
    folder = Path(shutil.copytree(old, tmp_path / "archive"))
    manifest = read_manifest(folder)
    assert manifest
    writer = FolderWriter(folder, ARCHIVE, manifest, is_rehearsal=False)

    with only_folder_writer(folder, ARCHIVE):
        writer.add([FolderFile(path="memories.md", data=b"new")])
        (folder / "memories.md").write_text("a note", encoding="utf-8")
        kept = writer.finish(manifest)

    assert kept == ("memories.edited.md",)
    assert (folder / "memories.edited.md").read_text(encoding="utf-8") == "a note"
    assert (folder / "memories.md").read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_part_that_may_not_be_written_is_told_before_the_first_file_is_replaced(
    lake: Path, old: Path, tmp_path: Path
) -> None:  # pragma: no cover - not as root
    """The archive is as it was before, and the folder at fault is named."""
    folder = Path(shutil.copytree(old, tmp_path / "archive"))
    (folder / "csv").chmod(0o500)
    before = files_in(folder)

    with pytest.raises(LakeError, match="csv may not be written"):
        memlake.Lake(lake).archive(folder)

    assert files_in(folder) == before
    assert places(folder).pending is None
