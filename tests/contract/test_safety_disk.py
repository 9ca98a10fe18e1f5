"""A disk that is full: a plain error, the old lake whole, and nothing left behind."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from support.commandline import command, writing_nothing_of_its_own
from support.programs import program
from support.tiny import FIRST_MEMORY, lake_with_first_export, leftovers, remembered, second_export

_BLOCK_BYTES = 512


def ingest_below(limit_bytes: int, *words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run `memlake ingest` where no file may become longer than a limit: DuckDB's and our own writing fails alike."""
    return subprocess.run(
        ["sh", "-c", 'ulimit -f "$0" && exec "$@"', str(limit_bytes // _BLOCK_BYTES), *command("ingest", *words)],
        cwd=cwd,
        env=writing_nothing_of_its_own(),
        capture_output=True,
        text=True,
        check=False,
    )


def database_bytes(lake: Path) -> int:
    """Return the size of a lake's database."""
    return (lake / "memlake.duckdb").stat().st_size


@pytest.mark.parametrize("share", [0.0, 0.0001, 0.5, 1.0])
def test_a_full_disk_is_named_and_changes_nothing(tmp_path: Path, share: float) -> None:
    """The disk is full at once, with the first kilobytes, in the midst of the copy, or when rows are written."""
    lake = lake_with_first_export(tmp_path)
    before = (lake / "memlake.duckdb").read_bytes()

    done = ingest_below(int(database_bytes(lake) * share), second_export(tmp_path), cwd=tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "memlake: error: no space left for lake",
        "hint: free some space; the lake is as it was before",
    ]
    assert (lake / "memlake.duckdb").read_bytes() == before
    assert leftovers(lake) == set()


def test_after_a_full_disk_the_next_run_works(tmp_path: Path) -> None:
    """Nothing has to be repaired by hand."""
    lake = lake_with_first_export(tmp_path)
    export = second_export(tmp_path)
    ingest_below(database_bytes(lake) // 2, export, cwd=tmp_path)

    done = ingest_below(10 * database_bytes(lake), export, cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert len(remembered(lake)) == 2


@pytest.mark.parametrize("limit_bytes", [8 * 1024, 64 * 1024, 1024 * 1024])
def test_a_first_run_on_a_full_disk_keeps_no_text(tmp_path: Path, limit_bytes: int) -> None:
    """Without a lake before there is none afterwards, and no copy of the export."""
    done = ingest_below(limit_bytes, second_export(tmp_path), cwd=tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith("memlake: error: no space left for lake\n")
    assert {path.name for path in (tmp_path / "lake").rglob("*")} <= {
        ".gitignore",
        "exports",
        "memlake.lock",
        "memlake.lock.holder",
    }


@pytest.mark.skipif(os.name == "nt", reason="there are no mounts here")
def test_a_small_file_system_that_fills_up_keeps_the_lake(tmp_path: Path) -> None:
    """A real file system that has room for the lake but not for a second copy of it."""
    lake = lake_with_first_export(tmp_path)
    size = database_bytes(lake) * 3 // 2
    small = tmp_path / "small"
    small.mkdir()
    inside = (
        f'mount -t tmpfs -o size={size} tmpfs "$0" || exit 77; cp -r "$1"/. "$0"/ && shift && "$@"; code=$?;'
        'cp -r "$0"/. "$0"-afterwards; exit $code'
    )

    done = subprocess.run(
        [
            *(program("unshare"), "--map-root-user", "--mount"),
            *("sh", "-c", inside, str(small), str(lake)),
            *command("--lake", small, "ingest", second_export(tmp_path)),
        ],
        env=writing_nothing_of_its_own(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("this system lets nobody mount a file system of their own")

    assert done.returncode == 1
    assert f"no space left for {small}" in done.stderr
    assert "Traceback" not in done.stderr
    afterwards = Path(f"{small}-afterwards")
    assert remembered(afterwards) == [FIRST_MEMORY]
    assert leftovers(afterwards) == set()
