"""What an archive is good for later: it proves that it is whole, and a lake made of it is the lake it was made of."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest
from support.archives import archive_of, bytes_in, files_in, flip_a_byte
from support.commandline import memlake_here
from support.lakes import ask, change, open_lake, relations
from support.samples import SEPTEMBER
from support.tiny import first_export, lake_with_first_export, second_export

import memlake
from memlake.archive.manifest import MANIFEST_NAME, read_manifest
from memlake.errors import MemlakeError
from memlake.hashing import sha256_hex
from memlake.lake.layout import Layout
from memlake.lake.relations import content_hash, public_relations


@pytest.fixture(scope="module")
def first_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake with one small export, to be copied."""
    return lake_with_first_export(tmp_path_factory.mktemp("first"))


@pytest.fixture
def lake(first_lake: Path, tmp_path: Path) -> Path:
    """Return a lake with one small export."""
    return Path(shutil.copytree(first_lake, tmp_path / "lake"))


@pytest.fixture(scope="module")
def whole_archive(first_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive in all formats; tests only read it."""
    return archive_of(first_lake, tmp_path_factory.mktemp("whole") / "archive")


def all_rows(lake: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return everything that people can ask a lake, and what it is made of."""
    with open_lake(lake) as database:
        rows = {
            relation.name: database.query(f"from {relation.name} order by all").rows
            for relation in public_relations(database)
        }
        return rows | {"base": [(content_hash(database),)]}


def test_a_restored_lake_is_the_lake_that_was_archived(all_samples_lake: Path, tmp_path: Path) -> None:
    """Every row of every relation, with its time of ingest and its runs; and archived again it is the same archive."""
    folder = archive_of(all_samples_lake, tmp_path / "archive")

    memlake.restore(folder, lake=tmp_path / "restored")

    assert all_rows(tmp_path / "restored") == all_rows(all_samples_lake)
    assert bytes_in(archive_of(tmp_path / "restored", tmp_path / "again")) == bytes_in(folder)


def test_a_restored_lake_keeps_lookups_and_decisions(tmp_path: Path) -> None:
    """What was found and what people decided is not looked for again."""
    memlake.ingest(SEPTEMBER, lake=tmp_path / "lake")
    original = memlake.Lake(tmp_path / "lake")
    original.lookup_sources()
    memory_id, conversation_id = ask(
        tmp_path / "lake",
        "select memory_id, conversation_id from memory_sources where conversation_id is not null order by all limit 1",
    )[0]
    original.decide_source(memory_id, conversation_id, "confirmed")

    original.archive(tmp_path / "archive")
    memlake.restore(tmp_path / "archive", lake=tmp_path / "restored")

    assert all_rows(tmp_path / "restored") == all_rows(tmp_path / "lake")
    assert ask(tmp_path / "restored", "select count(*) from memory_sources where is_confirmed") == [(1,)]
    restored = memlake.Lake(tmp_path / "restored").lookup_sources()
    assert restored.summary.found_count == original.lookup_sources().summary.found_count


def test_a_restored_lake_is_sound_and_says_what_it_lacks(whole_archive: Path, tmp_path: Path) -> None:
    """The text of the exports is not in an archive; that of one which got lost afterwards is damage."""
    memlake.restore(whole_archive, lake=tmp_path / "restored")
    memlake.ingest(second_export(tmp_path), lake=tmp_path / "restored")

    sound = memlake_here("--lake", tmp_path / "restored", "status", cwd=tmp_path)
    (kept,) = (tmp_path / "restored" / "exports").glob("*.zip")
    kept.unlink()

    damaged = memlake_here("--lake", tmp_path / "restored", "status", cwd=tmp_path)
    assert (sound.exit_code, "sound" in sound.stdout) == (0, True)
    assert "the exports' own text: first-2026-01-01.zip" in sound.stdout
    assert (damaged.exit_code, "the kept copy of second-2026-02-01.zip is missing" in damaged.stdout) == (1, True)


def test_a_restored_lake_tells_which_exports_rebuild_still_finds(tmp_path: Path) -> None:
    """They lie where they were taken in from, all of them, one or none; what is told is what rebuild does."""
    exports = [first_export(tmp_path), second_export(tmp_path)]
    memlake.ingest(*exports, lake=tmp_path / "lake")
    restored = memlake.restore(archive_of(tmp_path / "lake", tmp_path / "archive"), lake=tmp_path / "restored").lake
    all_there = memlake_here("--lake", restored, "status", cwd=tmp_path).stdout
    rebuilt = memlake_here("--lake", restored, "rebuild", cwd=tmp_path)
    exports[0].unlink()
    one_there = memlake_here("--lake", restored, "status", cwd=tmp_path).stdout
    exports[1].unlink()

    none_there = memlake_here("--lake", restored, "status", cwd=tmp_path).stdout

    assert rebuilt.exit_code == 0
    assert "memlake rebuild reads them where they were taken in from" in " ".join(all_there.split())
    assert "lies: second-2026-02-01.zip" in " ".join(one_there.split())
    assert "memlake rebuild needs them, so keep them." in " ".join(none_there.split())


def test_rebuild_of_a_restored_lake_asks_for_the_exports(tmp_path: Path) -> None:
    """By their names, since their places may be those of another machine; where they are gone, the lake stays."""
    lake = lake_with_first_export(tmp_path)
    memlake.restore(archive_of(lake, tmp_path / "archive"), lake=tmp_path / "restored")
    (tmp_path / "first-2026-01-01.zip").unlink()

    done = memlake_here("--lake", tmp_path / "restored", "rebuild", cwd=tmp_path)

    assert (done.exit_code, "again: first-2026-01-01.zip" in done.stderr) == (1, True)
    assert str(tmp_path / "first-2026-01-01.zip") not in done.stderr
    assert "ingest them again" in done.stderr
    assert relations(tmp_path / "restored") == relations(lake)


def test_a_restored_lake_gets_the_text_of_its_exports_back(lake: Path, tmp_path: Path) -> None:
    """The same export again changes no row, and is kept, after which rebuild needs no other place."""
    memlake.restore(archive_of(lake, tmp_path / "archive"), lake=tmp_path / "restored")
    export = first_export(tmp_path)
    kept = tmp_path / "restored" / "exports"

    unkept = memlake_here("--lake", tmp_path / "restored", "ingest", export, "--keep", "none", cwd=tmp_path)
    planned = memlake_here("--lake", tmp_path / "restored", "ingest", export, "--dry-run", cwd=tmp_path)
    nothing = list(kept.glob("*.zip"))
    again = memlake_here("--lake", tmp_path / "restored", "ingest", export, cwd=tmp_path)

    assert ("is kept again" in unkept.stdout, "is kept again" in planned.stdout, nothing) == (False, True, [])
    assert "is kept again" in again.stdout
    assert {path.name: path.read_bytes() for path in kept.glob("*.zip")} == bytes_in(lake / "exports")
    export.unlink()
    memlake.Lake(tmp_path / "restored").rebuild()
    assert relations(tmp_path / "restored") == relations(lake)


def test_among_several_exports_it_is_told_whose_text_is_kept_again(lake: Path, tmp_path: Path) -> None:
    """Also of one that is known under a date of its own from now on."""
    memlake.restore(archive_of(lake, tmp_path / "archive"), lake=tmp_path / "restored")

    done = memlake_here(
        *("--lake", tmp_path / "restored", "ingest", first_export(tmp_path), second_export(tmp_path)), cwd=tmp_path
    )
    seen = memlake.ingest(first_export(tmp_path), lake=tmp_path / "restored")
    for path in (tmp_path / "restored" / "exports").glob("*.zip"):
        path.unlink()
    dated = memlake.ingest(
        first_export(tmp_path), lake=tmp_path / "restored", exported_at=datetime(2026, 5, 1, tzinfo=UTC)
    )

    assert "is kept again" in done.stdout
    assert [receipt.is_text_put_back for receipt in (*seen.exports, *dated.exports)] == [False, True]


def test_exports_that_were_never_kept_are_asked_for_at_their_place(tmp_path: Path) -> None:
    """Only the path says where the lake would read them."""
    export = first_export(tmp_path)
    memlake.ingest(export, lake=tmp_path / "lake", keep="none")
    export.unlink()

    with pytest.raises(MemlakeError, match=str(export)) as refused:
        memlake.Lake(tmp_path / "lake").rebuild()

    assert refused.value.hint == "put those with a path back where they were; then: memlake rebuild"


def test_a_restored_lake_knows_the_exports_it_has(lake: Path, tmp_path: Path) -> None:
    """The same export again changes nothing, another comes in."""
    folder = archive_of(lake, tmp_path / "archive")
    memlake.restore(folder, lake=tmp_path / "restored")

    again = memlake.ingest(first_export(tmp_path), lake=tmp_path / "restored")

    assert again.exports[0].outcome == "known"
    for place in (lake, tmp_path / "restored"):
        memlake.ingest(second_export(tmp_path), lake=place)
    assert relations(tmp_path / "restored") == relations(lake)


def test_every_damaged_file_is_named(whole_archive: Path, tmp_path: Path) -> None:
    """One bit of one byte in it is enough."""
    folder = tmp_path / "archive"
    shutil.copytree(whole_archive, folder)
    for name, data in bytes_in(folder).items():
        flip_a_byte(folder / name)
        if name != MANIFEST_NAME:
            assert [problem.path for problem in memlake.verify(folder).problems] == [name]
        (folder / name).write_bytes(data)
    flip_a_byte(folder / MANIFEST_NAME)

    with pytest.raises(MemlakeError, match=r"MANIFEST\.json is damaged"):
        memlake.verify(folder)


def test_damage_makes_verify_fail(whole_archive: Path, tmp_path: Path) -> None:
    """The exit code tells scripts, the words tell people."""
    folder = tmp_path / "archive"
    shutil.copytree(whole_archive, folder)
    whole = memlake_here("verify", folder, cwd=tmp_path)
    flip_a_byte(folder / "memories.md")

    damaged = memlake_here("verify", folder, cwd=tmp_path)

    assert (whole.exit_code, "the archive is whole" in whole.stdout) == (0, True)
    assert (damaged.exit_code, "memories.md  is damaged" in damaged.stdout) == (1, True)


def test_what_is_missing_or_too_short_is_named(whole_archive: Path, tmp_path: Path) -> None:
    """All of it, in one go."""
    folder = tmp_path / "archive"
    shutil.copytree(whole_archive, folder)
    (folder / "csv" / "memories.csv").unlink()
    (folder / "memories.md").write_bytes((folder / "memories.md").read_bytes()[:-1])

    problems = {problem.path: problem.what for problem in memlake.verify(folder).problems}

    assert problems["csv/memories.csv"] == "is missing"
    assert "bytes instead of" in problems["memories.md"]
    assert len(problems) == 2


def test_no_lake_is_made_of_a_damaged_archive(whole_archive: Path, tmp_path: Path) -> None:
    """The error names the file, and there is no lake afterwards."""
    folder = tmp_path / "archive"
    shutil.copytree(whole_archive, folder)
    flip_a_byte(folder / "base" / "messages" / "part-0001.parquet")

    done = memlake_here("--lake", tmp_path / "restored", "restore", folder, cwd=tmp_path)

    assert (done.exit_code, "base/messages/part-0001.parquet is damaged" in done.stderr) == (1, True)
    assert not (tmp_path / "restored").exists()


def test_a_page_that_somebody_changed_keeps_no_lake_from_being_made(whole_archive: Path, tmp_path: Path) -> None:
    """Only what a lake is made of has to be whole; the rest is named, and how to see all of it."""
    folder = tmp_path / "archive"
    shutil.copytree(whole_archive, folder)
    (folder / "memories.md").write_text("my notes", encoding="utf-8")
    done = memlake_here("--lake", tmp_path / "restored", "restore", folder, cwd=tmp_path)
    for path in (folder / "csv").iterdir():
        path.write_bytes(b"")

    again = memlake_here("--lake", tmp_path / "again", "restore", folder, cwd=tmp_path)

    assert (done.exit_code, again.exit_code) == (0, 0)
    assert "memories.md  is damaged" in done.stdout
    assert "memlake verify" not in done.stdout
    assert "more: memlake verify" in again.stdout
    assert relations(tmp_path / "restored") == relations(tmp_path / "again")


@pytest.mark.parametrize(
    ("place", "change", "what"),
    [
        ("relations", {"rows": 9_999}, "rows instead of 9999"),
        ("base", {"columns": {"export_key": "VARCHAR"}}, "other columns"),
        ("files", {"rows": 9_999}, "rows instead of 9999"),
    ],
)
def test_a_manifest_that_fits_no_longer_is_noticed(
    whole_archive: Path, tmp_path: Path, place: str, change: dict[str, object], what: str
) -> None:
    """Rows are counted and columns compared, even if somebody wrote the manifest's own hash anew."""
    folder = tmp_path / "archive"
    shutil.copytree(whole_archive, folder)
    manifest = orjson.loads((folder / MANIFEST_NAME).read_bytes())
    manifest[place][0] |= change
    (folder / MANIFEST_NAME).write_bytes(_with_own_hash(orjson.dumps(manifest)))

    problems = memlake.verify(folder).problems

    assert any(what in problem.what for problem in problems)


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest["relations"][0].update(columns=[]),
        lambda manifest: manifest["relations"][0].update(key="export_key"),
        lambda manifest: manifest["base"][0].update(name=-1),
        lambda manifest: manifest["files"][0].update(rows="x"),
        lambda manifest: manifest["files"][0].update(size_bytes=True),
        lambda manifest: manifest["exports"][0].update(content_sha256=[]),
        lambda manifest: manifest["origin"]["recipe"].update(style="clasic"),
        lambda manifest: manifest["origin"].update(recipe=[]),
        lambda manifest: manifest.update(mine=None),
        lambda manifest: manifest.pop("exports"),
    ],
)
def test_a_manifest_of_other_types_is_damaged(
    lake: Path, whole_archive: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    """Nothing of it is believed, not even with the manifest's own hash written anew, and nothing is written."""
    folder = tmp_path / "archive"
    shutil.copytree(whole_archive, folder)
    manifest = orjson.loads((folder / MANIFEST_NAME).read_bytes())
    change(manifest)
    (folder / MANIFEST_NAME).write_bytes(_with_own_hash(orjson.dumps(manifest)))
    before = files_in(folder)

    for call in (lambda: memlake.verify(folder), lambda: memlake.Lake(lake).archive(folder)):
        with pytest.raises(MemlakeError, match=r"MANIFEST\.json is damaged"):
            call()

    assert files_in(folder) == before


def test_a_folder_for_a_file_and_a_file_for_a_folder_are_damage(whole_archive: Path, tmp_path: Path) -> None:
    """Each file that the manifest lists is named, whatever is in its place."""
    folder = tmp_path / "archive"
    shutil.copytree(whole_archive, folder)
    (folder / "memories.md").unlink()
    (folder / "memories.md").mkdir()
    shutil.rmtree(folder / "months")
    (folder / "months").write_text("mine", encoding="utf-8")

    problems = {problem.path: problem.what for problem in memlake.verify(folder).problems}

    assert problems.pop("memories.md") == "is damaged: it is a folder"
    assert {path.partition("/")[0] for path in problems} == {"months"}
    assert set(problems.values()) == {"is missing"}


def test_a_folder_in_place_of_the_manifest_is_named(lake: Path, whole_archive: Path, tmp_path: Path) -> None:
    """There is no telling what it is an archive of."""
    folder = tmp_path / "archive"
    shutil.copytree(whole_archive, folder)
    (folder / MANIFEST_NAME).unlink()
    (folder / MANIFEST_NAME).mkdir()

    verified = memlake_here("verify", folder, cwd=tmp_path)
    archived = memlake_here("--lake", lake, "archive", folder, cwd=tmp_path)

    assert (verified.exit_code, archived.exit_code) == (1, 1)
    assert "MANIFEST.json is a folder" in verified.stderr
    assert "MANIFEST.json is a folder" in archived.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(
    lake: Path, whole_archive: Path, tmp_path: Path
) -> None:  # pragma: no cover - not as root
    """Not as something that may not be written, by commands that only read."""
    folder = tmp_path / "archive"
    shutil.copytree(whole_archive, folder)
    (folder / "csv").chmod(0)
    closed = memlake.verify(folder)
    archived = memlake_here("--lake", lake, "archive", folder, cwd=tmp_path)
    (folder / "csv").chmod(0o700)
    (folder / MANIFEST_NAME).chmod(0)

    unread = memlake_here("verify", folder, cwd=tmp_path)

    assert {problem.what for problem in closed.problems} == {"cannot be read: Permission denied"}
    assert (archived.exit_code, "cannot be read: Permission denied" in archived.stderr) == (1, True)
    assert (unread.exit_code, "MANIFEST.json cannot be read: Permission denied" in unread.stderr) == (1, True)


def _with_own_hash(data: bytes) -> bytes:
    values = {name: value for name, value in orjson.loads(data).items() if name != "manifest_sha256"}
    values["manifest_sha256"] = sha256_hex(orjson.dumps(values))
    return orjson.dumps(values, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


@pytest.mark.parametrize("options", [("--only", "memories"), ("--since", "2025-01-01"), ("--account", "chatgpt:")])
def test_a_part_of_a_lake_cannot_be_restored_and_says_so(lake: Path, tmp_path: Path, options: tuple[str, str]) -> None:
    """The manifest, the archive's summary and the error of restore name the option."""
    folder = tmp_path / "archive"
    archived = memlake_here("--lake", lake, "archive", folder, *options, cwd=tmp_path)

    manifest = read_manifest(folder)
    done = memlake_here("--lake", tmp_path / "restored", "restore", folder, cwd=tmp_path)

    assert manifest
    assert (manifest.is_restorable, manifest.base) == (False, ())
    assert options[0] in str(manifest.why_not_restorable)
    assert options[0] in archived.stdout
    assert (done.exit_code, options[0] in done.stderr) == (1, True)


def test_a_lake_that_is_there_is_not_touched(lake: Path, tmp_path: Path) -> None:
    """A lake is only made where none is."""
    folder = archive_of(lake, tmp_path / "archive")
    before = files_in(lake)

    done = memlake_here("--lake", lake, "restore", folder, cwd=tmp_path)

    assert (done.exit_code, "already" in done.stderr) == (1, True)
    assert files_in(lake) == before


@pytest.mark.parametrize("name", ["thesis.md", "exports/0123456789abcdef.zip"])
def test_no_lake_is_made_among_other_things(whole_archive: Path, tmp_path: Path, name: str) -> None:
    """Nor over the kept exports of a lake whose database was lost; what a run left that made no lake is no obstacle."""
    folder = tmp_path / "folder"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text("mine", encoding="utf-8")

    done = memlake_here("--lake", folder, "restore", whole_archive, cwd=tmp_path)

    assert (done.exit_code, "holds other things" in done.stderr) == (1, True)
    assert list(files_in(folder)) == [name]
    (folder / name).unlink()
    Layout(folder).create()
    Layout(folder).lock.touch()
    memlake.restore(whole_archive, lake=folder)


def test_a_folder_without_an_archive_is_named(tmp_path: Path) -> None:
    """With the command that makes one."""
    with pytest.raises(MemlakeError, match="there is no archive in"):
        memlake.verify(tmp_path / "nowhere")


def test_an_archive_of_a_newer_lake_is_refused(lake: Path, whole_archive: Path, tmp_path: Path) -> None:
    """An older memlake cannot know what its tables mean: it makes no lake of it, and puts none in its place."""
    folder = tmp_path / "archive"
    shutil.copytree(whole_archive, folder)
    manifest = orjson.loads((folder / MANIFEST_NAME).read_bytes())
    manifest["origin"]["schema_version"] = 999
    (folder / MANIFEST_NAME).write_bytes(_with_own_hash(orjson.dumps(manifest)))

    before = files_in(folder)

    done = memlake_here("--lake", tmp_path / "restored", "restore", folder, cwd=tmp_path)
    replaced = memlake_here("--lake", lake, "archive", folder, "--replace", cwd=tmp_path)

    assert (done.exit_code, "update memlake" in done.stderr) == (5, True)
    assert (replaced.exit_code, "update memlake" in replaced.stderr) == (5, True)
    assert files_in(folder) == before


def test_an_archive_of_an_older_lake_is_brought_up_to_date(lake: Path, tmp_path: Path) -> None:
    """Base tables as an older memlake had them are filled first, and then changed as that lake would have been."""
    folder = archive_of(lake, tmp_path / "archive")
    expected = relations(lake)
    manifest = orjson.loads((folder / MANIFEST_NAME).read_bytes())
    manifest["origin"]["schema_version"] = 5
    (folder / MANIFEST_NAME).write_bytes(_with_own_hash(orjson.dumps(manifest)))
    strip_column(folder, "events", "capacity_used")
    strip_table(folder, "category_choices")

    memlake.restore(folder, lake=tmp_path / "restored")

    assert relations(tmp_path / "restored") == expected


def strip_column(folder: Path, table: str, column: str) -> None:
    """Take a column out of a base table and let the manifest say so."""
    (path,) = (folder / "base" / table).iterdir()
    pl.read_parquet(path).drop(column).write_parquet(path)
    manifest = orjson.loads((folder / MANIFEST_NAME).read_bytes())
    entry = next(file for file in manifest["files"] if file["path"] == path.relative_to(folder).as_posix())
    entry |= {"size_bytes": path.stat().st_size, "sha256": sha256_hex(path.read_bytes())}
    next(base for base in manifest["base"] if base["name"] == f"raw.{table}")["columns"].pop(column)
    (folder / MANIFEST_NAME).write_bytes(_with_own_hash(orjson.dumps(manifest)))


def strip_table(folder: Path, table: str) -> None:
    """Take a base table out of an archive and let the manifest say so."""
    shutil.rmtree(folder / "base" / table)
    manifest = orjson.loads((folder / MANIFEST_NAME).read_bytes())
    manifest["files"] = [file for file in manifest["files"] if not file["path"].startswith(f"base/{table}/")]
    manifest["base"] = [base for base in manifest["base"] if base["name"] != f"raw.{table}"]
    (folder / MANIFEST_NAME).write_bytes(_with_own_hash(orjson.dumps(manifest)))


def test_rows_that_somebody_changed_change_the_archive(lake: Path, tmp_path: Path) -> None:
    """Whether a lake is unchanged is told by its rows, not by what was run on it."""
    folder = archive_of(lake, tmp_path / "archive")
    change(lake, "update raw.account_labels set label = 'me'", "insert into raw.account_labels values ('a', 'b', 'c')")

    summary = memlake.Lake(lake).archive(folder, formats=("markdown", "parquet", "jsonl", "csv"))

    assert "base/account_labels/part-0001.parquet" in summary.files.changed
