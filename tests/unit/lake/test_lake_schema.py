"""The schema of a lake: who may open it, and that what is derived follows the SQL files."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest
from support.lakes import ask, change, export_folder, lake_of, memory, relations

import memlake
from memlake.errors import ExitCode, LakeError, LakeUnavailableError
from memlake.lake import schema, sqlfiles
from memlake.lake.connection import Database

LISTED = [memory("m1", "User plays the cello.")]
FURTHER = [memory("m2", "User has a dog.")]
STALE = "update raw.lake_state set derived_version = 'older'"


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Return a lake of one export."""
    return lake_of(tmp_path / "lake", export_folder(tmp_path, memories=LISTED))


def test_a_lake_of_a_newer_memlake_is_refused(lake: Path, tmp_path: Path) -> None:
    """For reading and writing, with the exit code of a lake that cannot be used, and a hint to update."""
    change(lake, "update raw.lake_state set schema_version = 999")
    before = (lake / "memlake.duckdb").read_bytes()
    with pytest.raises(LakeUnavailableError, match="newer memlake") as reading:
        memlake.Lake(lake).memories()
    with pytest.raises(LakeUnavailableError, match="newer memlake"):
        memlake.ingest(export_folder(tmp_path, "further", memories=FURTHER), lake=lake)
    with pytest.raises(LakeUnavailableError, match="newer memlake"):
        memlake.Lake(lake).rebuild()
    assert reading.value.exit_code is ExitCode.LAKE_UNAVAILABLE
    assert "update" in str(reading.value.hint)
    assert (lake / "memlake.duckdb").read_bytes() == before


def test_a_lake_of_an_older_memlake_names_the_command_that_renews_it(lake: Path, tmp_path: Path) -> None:
    """Reading needs the tables of today; they come back even where the exports are not there to be read again."""
    before = relations(lake)
    change(lake, STALE, "drop view memory_changes", "drop table memory_versions")
    with pytest.raises(LakeError, match="older memlake") as reading:
        memlake.Lake(lake).memories()
    assert "memlake rebuild" in str(reading.value.hint)

    shutil.rmtree(lake / "exports")
    shutil.rmtree(tmp_path / "export")
    with pytest.raises(LakeError, match="not there to be read again"):
        memlake.Lake(lake).rebuild()
    assert memlake.Lake(lake).memories()
    assert relations(lake) == before


def test_what_is_derived_is_made_anew_when_its_sql_changed(lake: Path, tmp_path: Path) -> None:
    """Altered and missing views are right again after the next ingest."""
    change(lake, STALE, "create or replace view exports as select 1 as one", "drop view accounts")
    further = export_folder(tmp_path, "further", memories=FURTHER)
    lake_of(lake, further)
    expected = relations(lake_of(tmp_path / "anew", tmp_path / "export", further))
    found = relations(lake)
    assert [len(rows) for rows in found.values()] == [len(rows) for rows in expected.values()]
    assert found["memories"][0][1:] == expected["memories"][0][1:]


def test_a_relation_that_no_file_makes_any_more_is_dropped(lake: Path, tmp_path: Path) -> None:
    """What an older version deployed goes; what a user made stays, wherever it stands."""
    change(
        lake,
        STALE,
        "create view former as select 1 as one",
        "insert into raw.deployed (kind, name) values ('views', 'former')",
        "create table mine as select 1 as one",
        "create view my.own as select 1 as one",
    )
    lake_of(lake, export_folder(tmp_path, "further", memories=FURTHER))
    names = {name for (name,) in ask(lake, "select view_name from duckdb_views() where not internal")}
    assert "former" not in names
    assert ask(lake, "from mine") == ask(lake, "from my.own") == [(1,)]


def test_an_empty_file_gets_every_migration_once(tmp_path: Path) -> None:
    """The version counts them; a second time changes nothing."""
    with Database(tmp_path / "new.duckdb", read_only=False) as database:
        assert schema.schema_version(database) == 0
        schema.migrate(database)
        schema.migrate(database)
        assert schema.schema_version(database) == schema.latest_version() == sqlfiles.migrations()[-1][0]


def test_only_the_owner_can_read_a_lake(lake: Path) -> None:
    """Files 0600, folders 0700, and git ignores it all."""
    modes = {path.relative_to(lake).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in lake.rglob("*")}
    folders = {name for name in modes if (lake / name).is_dir()}
    assert stat.S_IMODE(lake.stat().st_mode) == 0o700
    assert {modes[name] for name in folders} == {0o700}
    assert {mode for name, mode in modes.items() if name not in folders} == {0o600}
    assert (lake / ".gitignore").read_text() == "*\n"


def test_an_older_duckdb_can_open_a_lake(lake: Path) -> None:
    """The file is written in the format of DuckDB 1.2."""
    sql = "select tags['storage_version'] from duckdb_databases() where not internal"
    assert ask(lake, sql) == [("v1.2.0+",)]


def test_times_are_shown_in_utc(lake: Path) -> None:
    """Whatever the zone of the machine."""
    assert ask(lake, "select created_at::varchar from memories") == [("2025-01-01 12:00:00+00",)]


def test_a_folder_with_other_things_keeps_its_modes_and_its_git(tmp_path: Path) -> None:
    """`--lake .` neither hides a project from git nor closes its folder to others; the lake's own files are private."""
    folder = tmp_path / "project"
    folder.mkdir(mode=0o755)
    (folder / "notes.txt").touch()

    lake_of(folder, export_folder(tmp_path, memories=LISTED))

    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
    assert not (folder / ".gitignore").exists()
    assert stat.S_IMODE((folder / "memlake.duckdb").stat().st_mode) == 0o600
