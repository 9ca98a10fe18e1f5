"""Writing an archive: only what differs, never over what somebody else put there, and all of it or nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from support.archives import archive_of, bytes_in, files_in
from support.commandline import command, environment, memlake_here, memlake_process, writing_nothing_of_its_own
from support.lakes import lake_of
from support.moments import Striker
from support.samples import AUGUST, JANUARY, OCTOBER, SEPTEMBER
from support.tiny import lake_with_first_export, second_export

import memlake
from memlake.archive.manifest import ARCHIVE, MANIFEST_NAME, places, read_manifest
from memlake.folders.files import FolderFile
from memlake.folders.swap import Swap
from memlake.folders.writing import FolderWriter, only_folder_writer


@pytest.fixture(scope="module")
def first_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake with one small export, to be copied."""
    return lake_with_first_export(tmp_path_factory.mktemp("first"))


@pytest.fixture
def lake(first_lake: Path, tmp_path: Path) -> Path:
    """Return a lake with one small export."""
    return Path(shutil.copytree(first_lake, tmp_path / "lake"))


def grow(lake: Path, folder: Path) -> None:
    """Take a second export into a lake."""
    memlake.ingest(second_export(folder), lake=lake)


def test_an_archive_is_whole_private_and_named_by_its_manifest(lake: Path, tmp_path: Path) -> None:
    """Nothing but what the manifest lists is there, only the owner can read it, and nothing of the work is left."""
    folder = archive_of(lake, tmp_path / "archive")

    listed = [file["path"] for file in orjson.loads((folder / "MANIFEST.json").read_bytes())["files"]]
    assert sorted([*listed, "MANIFEST.json"]) == sorted(bytes_in(folder))
    assert memlake.verify(folder).problems == ()
    modes = {path.is_dir(): oct(path.stat().st_mode & 0o777) for path in [folder, *folder.rglob("*")]}
    assert modes == {True: "0o700", False: "0o600"}


def test_an_unchanged_lake_leaves_every_file_untouched(lake: Path, tmp_path: Path) -> None:
    """Git, rsync and Obsidian see nothing, not even a new time of writing, that of the folder included."""
    folder = archive_of(lake, tmp_path / "archive")
    before = files_in(folder)
    written_at = folder.stat().st_mtime_ns

    again = memlake.Lake(lake).archive(folder, formats=("csv", "jsonl", "markdown", "parquet"))

    assert (files_in(folder), folder.stat().st_mtime_ns) == (before, written_at)
    assert (again.files.new, again.files.changed, again.files.removed) == ((), (), ())


def test_the_same_lake_gives_the_same_bytes_anywhere(lake: Path, tmp_path: Path) -> None:
    """There is no time and no place in an archive."""
    moved = tmp_path / "elsewhere" / "lake"
    shutil.copytree(lake, moved)

    assert bytes_in(archive_of(lake, tmp_path / "one")) == bytes_in(archive_of(moved, tmp_path / "two"))


def test_a_rebuild_of_nothing_new_gives_the_same_tables(tmp_path: Path) -> None:
    """Also in another process, in which sets have another order; only that it was run is new."""
    made = memlake_process(
        "--lake", tmp_path / "lake", "ingest", JANUARY, cwd=tmp_path, env=environment(PYTHONHASHSEED="1")
    )
    before = bytes_in(archive_of(tmp_path / "lake", tmp_path / "before"))

    rebuilt = memlake_process("--lake", tmp_path / "lake", "rebuild", cwd=tmp_path, env=environment(PYTHONHASHSEED="2"))

    after = bytes_in(archive_of(tmp_path / "lake", tmp_path / "after"))
    assert (made.returncode, rebuilt.returncode) == (0, 0)
    assert {name for name in before if before[name] != after[name]} == {
        "MANIFEST.json",
        "base/runs/part-0001.parquet",
        "csv/runs.csv",
        "jsonl/runs.jsonl",
        "parquet/runs/part-0001.parquet",
    }


def test_a_changed_lake_touches_only_what_changed(lake: Path, tmp_path: Path) -> None:
    """What the second export does not change stays as it was, time of writing included."""
    folder = archive_of(lake, tmp_path / "archive")
    before = files_in(folder)
    grow(lake, tmp_path)

    summary = memlake.Lake(lake).archive(folder, formats=("markdown", "parquet", "jsonl", "csv"))

    after = files_in(folder)
    touched = {name for name in after if after[name] != before.get(name)}
    assert touched == {*summary.files.new, *summary.files.changed, "MANIFEST.json"}
    assert "base/account_labels/part-0001.parquet" in summary.files.unchanged
    assert "csv/memories.csv" in summary.files.changed
    assert bytes_in(folder) == bytes_in(archive_of(lake, tmp_path / "fresh"))


def test_what_a_format_leaves_behind_goes_when_it_is_no_longer_wanted(lake: Path, tmp_path: Path) -> None:
    """Files that the new archive does not hold are removed with their folders, if nobody changed them."""
    folder = archive_of(lake, tmp_path / "archive")
    (folder / "csv" / "exports.csv").write_text("mine now", encoding="utf-8")

    summary = memlake.Lake(lake).archive(folder, formats=("markdown",))

    assert {path.parts[0] for path in map(Path, bytes_in(folder))} >= {"MANIFEST.json", "base", "memories.md"}
    assert not (folder / "parquet").exists()
    assert not (folder / "csv").exists()
    assert summary.files.kept == ("edited/csv/exports.edited.csv",)
    assert (folder / "edited" / "csv" / "exports.edited.csv").read_text(encoding="utf-8") == "mine now"


def test_files_of_others_stay_where_they_are(lake: Path, tmp_path: Path) -> None:
    """A folder of Obsidian's or git's in the archive is not looked at."""
    folder = tmp_path / "archive"
    (folder / ".obsidian").mkdir(parents=True)
    (folder / ".obsidian" / "app.json").write_text("{}", encoding="utf-8")
    (folder / "parquet").mkdir()
    (folder / "parquet" / "my-notes.txt").write_text("mine", encoding="utf-8")

    archive_of(lake, folder)
    memlake.Lake(lake).archive(folder, formats=("markdown",))

    assert (folder / ".obsidian" / "app.json").read_text(encoding="utf-8") == "{}"
    assert (folder / "parquet" / "my-notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["memories.md", "MANIFEST.json", "parquet", "base/members/part-0001.parquet"])
def test_a_file_of_somebody_else_is_never_replaced(lake: Path, tmp_path: Path, name: str) -> None:
    """Where a name that the archive needs is taken, the file is named and nothing is written at all."""
    folder = tmp_path / "archive"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text("mine", encoding="utf-8")
    before = files_in(folder)

    done = memlake_here("--lake", lake, "archive", folder, cwd=tmp_path)

    assert done.exit_code == 1
    assert str(folder / name) in done.stderr
    assert "written by memlake" in done.stderr
    assert files_in(folder) == before


def test_a_link_in_the_archive_leads_nobody_out_of_it(lake: Path, tmp_path: Path) -> None:
    """Where one of its folders is a link to another place, nothing is written through it."""
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "base").symlink_to(outside)

    done = memlake_here("--lake", lake, "archive", folder, cwd=tmp_path)

    assert (done.exit_code, list(outside.iterdir())) == (1, [])


def test_what_somebody_wrote_in_a_page_is_kept_beside_it(lake: Path, tmp_path: Path) -> None:
    """Under a name of its own, which the output tells; later runs leave it alone, also when they replace more."""
    folder = archive_of(lake, tmp_path / "archive")
    (folder / "memories.md").write_text("first note", encoding="utf-8")
    planned = memlake.Lake(lake).archive(folder, dry_run=True)
    untold = (folder / "memories.md").read_text(encoding="utf-8")

    done = memlake_here("--lake", lake, "archive", folder, cwd=tmp_path)
    (folder / "memories.md").write_text("second note", encoding="utf-8")
    memlake.Lake(lake).archive(folder)

    assert (planned.files.kept, untold) == (("memories.edited.md",), "first note")
    assert "memories.edited.md; as somebody had changed it" in done.stdout
    notes = [(folder / name).read_text(encoding="utf-8") for name in ("memories.edited.md", "memories.edited-2.md")]
    assert notes == ["first note", "second note"]
    fresh = bytes_in(archive_of(lake, tmp_path / "fresh"))
    assert {name: data for name, data in bytes_in(folder).items() if "edited" not in name} == fresh


def test_two_files_that_somebody_changed_get_two_names(lake: Path, tmp_path: Path) -> None:
    """One that is replaced and one that goes, whose names differ in case only, do not overwrite one another."""
    writer = FolderWriter(tmp_path, ARCHIVE, None, is_rehearsal=False)
    with only_folder_writer(tmp_path, ARCHIVE):
        writer.add([FolderFile(path="a.md", data=b"1"), FolderFile(path="b.md", data=b"2")])
        manifest = read_manifest(archive_of(lake, tmp_path / "elsewhere"))
        assert manifest
        first = replace(manifest, files=writer.entries)
        writer.finish(first)
    (tmp_path / "a.md").write_text("mine", encoding="utf-8")
    (tmp_path / "b.md").write_text("mine too", encoding="utf-8")
    (tmp_path / "a.edited.md").write_text("of another day", encoding="utf-8")

    again = FolderWriter(tmp_path, ARCHIVE, first, is_rehearsal=False)
    with only_folder_writer(tmp_path, ARCHIVE):
        again.add([FolderFile(path="a.md", data=b"3"), FolderFile(path="B.edited.md", data=b"4")])
        kept = again.compare().kept
        again.finish(replace(first, files=again.entries))

    assert kept == ("a.edited-2.md", "b.edited-2.md")
    held = {name: data for name, data in bytes_in(tmp_path).items() if name.endswith(".md") and "/" not in name}
    assert held == {
        "B.edited.md": b"4",
        "a.edited-2.md": b"mine",
        "a.edited.md": b"of another day",
        "a.md": b"3",
        "b.edited-2.md": b"mine too",
    }


def test_a_file_that_was_damaged_is_written_again(lake: Path, tmp_path: Path) -> None:
    """The lake did not change, the archive did."""
    folder = archive_of(lake, tmp_path / "archive")
    before = bytes_in(folder)
    (folder / "memories.md").write_text("edited", encoding="utf-8")
    (folder / "csv" / "memories.csv").unlink()

    summary = memlake.Lake(lake).archive(folder, formats=("markdown", "parquet", "jsonl", "csv"))

    assert set(summary.files.changed) == {"memories.md", "csv/memories.csv"}
    assert bytes_in(folder) == before | {"memories.edited.md": b"edited"}


def test_a_dry_run_tells_all_and_writes_nothing(lake: Path, tmp_path: Path) -> None:
    """Not even the folder is made."""
    folder = tmp_path / "archive"

    plan = memlake.Lake(lake).archive(folder, dry_run=True)

    assert not folder.exists()
    done = memlake.Lake(lake).archive(folder)
    assert (plan.files, plan.file_count, plan.size_bytes) == (done.files, done.file_count, done.size_bytes)


def test_a_killed_run_leaves_the_old_archive_or_the_new_one(tmp_path: Path) -> None:
    """Whatever the moment, whoever reads the archive next finds one of them whole, and the next run goes through."""
    lake = lake_with_first_export(tmp_path)
    folder, untouched = tmp_path / "archive", tmp_path / "untouched"
    memlake.Lake(lake).archive(untouched)
    old = bytes_in(untouched)
    grow(lake, tmp_path)
    memlake.Lake(lake).archive(tmp_path / "fresh")
    new = bytes_in(tmp_path / "fresh")
    shutil.copytree(untouched, folder)
    found = set()

    with Striker("--lake", lake, "archive", folder, cwd=tmp_path) as striker:
        steps = striker.steps()
        renames = [number for number, step in enumerate(steps, start=1) if step.endswith("call replace")]
        for moment in [*range(1, len(steps), len(steps) // 7), renames[0], renames[len(renames) // 2], renames[-1]]:
            shutil.rmtree(folder)
            shutil.copytree(untouched, folder)
            striker.strike(moment, signal.SIGKILL)
            before = files_in(folder)

            assert memlake.verify(folder).problems == (), steps[moment - 1]
            assert files_in(folder) == before
            manifest = places(folder).of(MANIFEST_NAME).read_bytes()
            assert manifest in (old[MANIFEST_NAME], new[MANIFEST_NAME]), steps[moment - 1]
            found.add(manifest == new[MANIFEST_NAME])
            memlake.Lake(lake).archive(folder)
            assert bytes_in(folder) == new, steps[moment - 1]

    assert found == {False, True}


def test_a_full_disk_leaves_the_old_archive(lake: Path, tmp_path: Path) -> None:
    """No file may become longer than a few kilobytes: the error says so, and what is there stays."""
    folder = archive_of(lake, tmp_path / "archive")
    before = files_in(folder)
    grow(lake, tmp_path)

    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 4 && exec "$@"', "sh", *command("--lake", lake, "archive", folder)],
        cwd=tmp_path,
        env=writing_nothing_of_its_own(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, files_in(folder)) == (1, before)
    assert "no space left" in done.stderr
    assert "the archive is as it was before" in done.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(
    lake: Path, tmp_path: Path
) -> None:  # pragma: no cover - not as root
    """The error names it and what to do."""
    folder = tmp_path / "archive"
    folder.mkdir(mode=0o500)

    done = memlake_here("--lake", lake, "archive", folder, cwd=tmp_path)

    assert done.exit_code == 1
    assert "may not be written" in done.stderr


def test_a_file_in_place_of_the_folder_is_named(lake: Path, tmp_path: Path) -> None:
    """An archive is a folder."""
    (tmp_path / "archive").write_text("mine", encoding="utf-8")

    done = memlake_here("--lake", lake, "archive", tmp_path / "archive", cwd=tmp_path)

    assert (done.exit_code, "is not a folder" in done.stderr) == (1, True)
    assert "choose another folder" in done.stderr


@pytest.mark.parametrize("place", ["", "exports", "deep/er"])
def test_a_lake_is_not_archived_into_itself(lake: Path, tmp_path: Path, place: str) -> None:
    """The words are wrong, and nothing is done."""
    before = files_in(lake)

    done = memlake_here("--lake", lake, "archive", lake / place, cwd=tmp_path)

    assert (done.exit_code, files_in(lake)) == (2, before)


def test_a_run_that_is_interrupted_says_how_the_archive_is(lake: Path, tmp_path: Path) -> None:
    """Not how the lake is, which was only read; new files that count already are all put in place."""
    folder = archive_of(lake, tmp_path / "archive")
    memlake.Lake(lake).archive(folder)
    old = bytes_in(folder)
    grow(lake, tmp_path)

    with Striker("--lake", lake, "archive", folder, cwd=tmp_path) as striker:
        steps = striker.steps()
        new = bytes_in(folder)
        found = []
        for moment in (len(steps) // 2, [n for n, step in enumerate(steps, 1) if step.endswith("call replace")][2]):
            shutil.rmtree(folder)
            for name, data in old.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(data)
            struck = striker.strike(moment, signal.SIGINT)
            found.append(bytes_in(folder))
            assert (struck.exit_code, "interrupted; the archive is as it was" in struck.stderr) == (130, True)

    assert found == [old, new]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("",), "the name is empty"),
        (("archive", "--format", "markdown,word"), "'word' is no format"),
        (("archive", "--format", ","), "is no format"),
        (("archive", "--since", "soon"), "'soon' is no date"),
    ],
)
def test_words_that_mean_nothing_are_named(lake: Path, tmp_path: Path, words: tuple[str, ...], named: str) -> None:
    """An unset variable of a script is no folder, least of all the one that the script is in."""
    done = memlake_here("--lake", lake, "archive", *words, cwd=tmp_path)

    assert (done.exit_code, named in done.stderr) == (2, True)
    assert not (tmp_path / "MANIFEST.json").exists()


def test_two_runs_do_not_write_one_archive(lake: Path, tmp_path: Path) -> None:
    """The second is told so, and what the first has collected stays."""
    folder = tmp_path / "archive"
    with only_folder_writer(folder, ARCHIVE):
        staged = Swap(folder, ARCHIVE).unfinished / "half"
        staged.parent.mkdir()
        staged.write_text("of the first", encoding="utf-8")

        done = memlake_process("--lake", lake, "archive", folder, cwd=tmp_path)

        assert staged.exists()
    assert (done.returncode, "another memlake" in done.stderr) == (5, True)
    assert not folder.exists()


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/outside.txt", "a/../../b", "C:/x", "a\\b", ""])
def test_a_manifest_that_names_other_places_is_refused(lake: Path, tmp_path: Path, path: str) -> None:
    """Files that a manifest lists are replaced and deleted, so it must not reach out of its folder."""
    folder = archive_of(lake, tmp_path / "archive")
    read = (folder / "MANIFEST.json").read_text(encoding="utf-8")
    (folder / "MANIFEST.json").write_text(
        read.replace('"path": "memories.md"', f'"path": {orjson.dumps(path).decode()}'), encoding="utf-8"
    )

    done = memlake_here("--lake", lake, "archive", folder, cwd=tmp_path)

    assert (done.exit_code, "MANIFEST.json is damaged" in done.stderr) == (1, True)


def test_a_manifest_of_a_newer_memlake_is_left_alone(lake: Path, tmp_path: Path) -> None:
    """An older memlake cannot know what else is in there."""
    folder = archive_of(lake, tmp_path / "archive")
    read = (folder / "MANIFEST.json").read_text(encoding="utf-8")
    (folder / "MANIFEST.json").write_text(
        read.replace('"archive_version": 1', '"archive_version": 2'), encoding="utf-8"
    )

    done = memlake_here("verify", folder, cwd=tmp_path)

    assert (done.exit_code, "update memlake" in done.stderr) == (1, True)


def test_two_files_never_share_a_name_on_any_system(tmp_path: Path) -> None:
    """Names that differ only in case are one name on macOS and Windows: nothing is written."""
    writer = FolderWriter(tmp_path, ARCHIVE, None, is_rehearsal=True)

    with pytest.raises(ValueError, match="one name"):
        writer.add([FolderFile(path="a.md", data=b"1"), FolderFile(path="A.md", data=b"2")])


def test_a_name_that_changes_its_case_is_written_anew(lake: Path, tmp_path: Path) -> None:
    """Deleting the old name must not take the new one with it where both mean one file."""
    folder = archive_of(lake, tmp_path / "archive")
    writer = FolderWriter(folder, ARCHIVE, read_manifest(folder), is_rehearsal=True)

    writer.add([FolderFile(path="Memories.md", data=(folder / "memories.md").read_bytes())])

    compared = writer.compare()
    assert (compared.changed, compared.unchanged) == (("Memories.md",), ())
    assert "memories.md" in compared.removed


def test_the_story_of_the_samples_is_archived_month_by_month(tmp_path: Path) -> None:
    """An archive that followed every ingest equals one that is written at the end."""
    lake, folder = tmp_path / "lake", tmp_path / "archive"
    for export in (SEPTEMBER, JANUARY, AUGUST, OCTOBER):
        lake_of(lake, export)
        archive_of(lake, folder)

    assert bytes_in(folder) == bytes_in(archive_of(lake, tmp_path / "fresh"))
