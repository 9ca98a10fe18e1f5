"""Where a lake lies and who may read it; what stands where a lake should be."""

from __future__ import annotations

import os
import shutil
import stat
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from support.commandline import command, environment, memlake_process
from support.programs import program
from support.tiny import FIRST_MEMORY, SECOND_MEMORY, first_export, lake_with_first_export, remembered, second_export

import memlake
from memlake.errors import LakeError, LakeUnavailableError

_MAIN_HEADER_BYTES = 4096


def damaged(database: Path, kind: str) -> bytes:
    """Damage a database file in one way; return what is there then."""
    whole = database.read_bytes()
    contents = {
        "empty": b"",
        "garbage": b"this is no database " * 5000,
        "truncated": whole[: len(whole) // 3],
        "one byte": whole[:100] + bytes([whole[100] ^ 1]) + whole[101:],
        "newer": _with_storage_version(whole, 999),
    }
    database.write_bytes(contents[kind])
    return contents[kind]


def _with_storage_version(database: bytes, version: int) -> bytes:
    """Return a database file as a DuckDB of the future might write it: checksum, magic bytes, then the version."""
    header = database[8:12] + struct.pack("<Q", version) + database[20:_MAIN_HEADER_BYTES]
    checksum = 5381
    for (word,) in struct.iter_unpack("<Q", header):
        checksum ^= word * 0xBF58476D1CE4E5B9 % 2**64
    return struct.pack("<Q", checksum) + header + database[_MAIN_HEADER_BYTES:]


def test_everything_in_a_lake_is_for_its_owner_alone(tmp_path: Path) -> None:
    """0600 and 0700 after several runs, however permissive the umask; while a run lasts, too."""
    script = (
        "import os, pathlib, sys; os.umask(0); import memlake;"
        "from memlake.jobs.progress import SilentProgress;"
        "lake = pathlib.Path('lake');"
        "seen = lambda: {(p.name, oct(p.stat().st_mode & 0o077)) for p in [lake, *lake.rglob('*')]};"
        "look = type('Look', (SilentProgress,), {'step': lambda self, label: all_seen.update(seen())});"
        "all_seen = set();"
        "[memlake.ingest(path, lake=lake, progress=look()) for path in sys.argv[1:]];"
        "all_seen.update(seen()); print(*sorted(f'{name} {mode}' for name, mode in all_seen if mode != '0o0'))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, first_export(tmp_path), second_export(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == ""
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "lake" / "exports").iterdir()}
    assert modes == {0o600}


@pytest.mark.parametrize("name", ["with space", "quo'te\"s", "u\u0308ber \u6e56 \U0001f30a", "$HOME `x` %s {y}", "-rf"])
def test_a_lake_may_be_called_anything(tmp_path: Path, name: str) -> None:
    """Relative to the folder, or in the environment."""
    in_environment = environment(MEMLAKE_LAKE=name)

    first = memlake_process("ingest", first_export(tmp_path), f"--lake={name}", cwd=tmp_path)
    second = memlake_process("ingest", second_export(tmp_path), cwd=tmp_path, env=in_environment)

    assert [(done.returncode, done.stderr) for done in (first, second)] == [(0, ""), (0, "")]
    assert remembered(tmp_path / name) == sorted([FIRST_MEMORY, SECOND_MEMORY])


@pytest.mark.parametrize("words", [("ingest", "first-2026-01-01.zip"), ("list",), ("status",)])
def test_a_file_in_place_of_the_lake_is_named(tmp_path: Path, words: tuple[str, ...]) -> None:
    """One error with a hint, and the file stays what it is."""
    first_export(tmp_path)
    (tmp_path / "lake").write_text("mine", encoding="utf-8")

    done = memlake_process(*words, cwd=tmp_path)

    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 2)
    assert done.stderr.startswith("memlake: error: ")
    assert (tmp_path / "lake").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    """A lake cannot be made there; root lays down its powers for this test."""
    export = first_export(tmp_path)
    read_only = tmp_path / "read-only"
    read_only.mkdir(mode=0o500)
    powerless = [program("setpriv"), "--bounding-set=-all"] if os.geteuid() == 0 else []

    done = subprocess.run(
        [*powerless, *command("ingest", export, "--lake", read_only / "lake")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"memlake: error: {read_only / 'lake'} may not be written",
        "hint: choose another --lake",
    ]


@pytest.mark.parametrize("kind", ["empty", "garbage", "truncated", "one byte", "newer"])
def test_a_database_that_cannot_be_used_is_left_alone(tmp_path: Path, kind: str) -> None:
    """A plain error from reading and from writing; the file is untouched, and the kept exports stay."""
    lake = lake_with_first_export(tmp_path)
    kept = list((lake / "exports").iterdir())
    content = damaged(lake / "memlake.duckdb", kind)
    expected = LakeUnavailableError if kind == "newer" else LakeError

    with pytest.raises(expected) as raised:
        memlake.ingest(second_export(tmp_path), lake=lake)

    assert "memlake.duckdb" in raised.value.message
    assert "\n" not in raised.value.message
    assert (lake / "memlake.duckdb").read_bytes() == content
    assert list((lake / "exports").iterdir()) == kept


def test_a_lost_database_can_be_made_again_from_what_was_kept(tmp_path: Path) -> None:
    """The kept exports outlive the database, and a lake takes them in again from where they lie."""
    lake = lake_with_first_export(tmp_path)
    memlake.ingest(second_export(tmp_path), lake=lake)
    (lake / "memlake.duckdb").unlink()

    summary = memlake.ingest(lake / "exports", lake=lake)

    assert [export.outcome for export in summary.exports] == ["new", "new"]
    assert remembered(lake) == sorted([FIRST_MEMORY, SECOND_MEMORY])
    assert len(list((lake / "exports").iterdir())) == 2


def test_a_new_database_does_not_cost_the_exports_kept_for_a_lost_one(tmp_path: Path) -> None:
    """Nobody said that they may go."""
    lake = lake_with_first_export(tmp_path)
    (kept,) = (lake / "exports").iterdir()
    (lake / "memlake.duckdb").unlink()

    memlake.ingest(second_export(tmp_path), lake=lake)
    memlake.ingest(second_export(tmp_path), lake=lake)

    assert kept.exists()


def test_logs_hold_no_text_of_a_memory(tmp_path: Path) -> None:
    """Whatever the logging of a program that uses memlake shows from INFO on."""
    script = (
        "import logging, sys; logging.basicConfig(level=logging.INFO, stream=sys.stdout);"
        "import memlake; print(memlake.ingest(sys.argv[1], lake='lake').exit_code)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, first_export(tmp_path)], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "0"
    assert FIRST_MEMORY not in done.stdout + done.stderr


def test_memlake_needs_no_network(tmp_path: Path) -> None:
    """Every command works where there is no network at all, not even the machine's own."""
    cut_off = [program("unshare"), "--map-root-user", "--net"]
    if subprocess.run([*cut_off, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody cut off the network")

    for words in (["ingest", first_export(tmp_path)], ["list"], ["status"]):
        done = subprocess.run(
            [*cut_off, *command(*words)], cwd=tmp_path, capture_output=True, text=True, env=environment(), check=False
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_a_copied_lake_is_a_lake(tmp_path: Path) -> None:
    """Nothing in it depends on where it lies."""
    lake = lake_with_first_export(tmp_path)
    shutil.copytree(lake, tmp_path / "elsewhere")
    shutil.rmtree(lake)

    memlake.ingest(second_export(tmp_path), lake=tmp_path / "elsewhere")

    assert remembered(tmp_path / "elsewhere") == sorted([FIRST_MEMORY, SECOND_MEMORY])


@pytest.mark.parametrize("lake", ["a" * 300, "/proc/lake"])
def test_a_lake_where_no_file_can_be_is_a_plain_error(tmp_path: Path, lake: str) -> None:
    """A name that is too long, or a place that makes no folders."""
    with pytest.raises(LakeError) as raised:
        memlake.ingest(second_export(tmp_path), lake=lake)

    assert raised.value.hint == "choose another --lake"
    with pytest.raises(LakeError, match="there is no lake"):
        memlake.Lake(lake).memories()
