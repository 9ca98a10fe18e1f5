"""Several programs on one lake: nobody loses anything, and who has to wait is told for whom."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.commandline import command, environment, memlake_process
from support.shells import Shell
from support.tiny import (
    FIRST_MEMORY,
    SECOND_MEMORY,
    lake_with_first_export,
    leftovers,
    remembered,
    second_export,
    tiny_files,
)
from support.zips import write_zip

import memlake
from memlake.errors import LakeUnavailableError
from memlake.jobs.progress import SilentProgress

BOTH = sorted([FIRST_MEMORY, SECOND_MEMORY])
PATIENCE_SECONDS = 30.0


class Interruption(SilentProgress):
    """Does something in the midst of a run: while the tables are derived, when the copy is long made."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._act = act

    def step(self, label: str) -> None:
        """Act once the export is read."""
        if label == "deriving the tables":
            self._act()


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Return a lake that holds the first export."""
    return lake_with_first_export(tmp_path)


def test_a_reading_shell_neither_blocks_a_run_nor_notices_it(tmp_path: Path, lake: Path) -> None:
    """It answers from the file that it opened; the next shell sees the new one."""
    with Shell(lake, "-readonly") as shell:
        done = memlake_process("ingest", second_export(tmp_path), cwd=tmp_path)

        assert (done.returncode, done.stderr) == (0, "")
        assert shell.ask("select content from memories") == [FIRST_MEMORY]
        assert remembered(lake) == BOTH


def test_a_writing_shell_is_named(tmp_path: Path, lake: Path) -> None:
    """Exit 5 with its program and process; the lake is as it was."""
    with Shell(lake):
        done = memlake_process("ingest", second_export(tmp_path), cwd=tmp_path)

        assert done.returncode == 5
        assert "is open for writing in" in done.stderr
        assert "duckdb (process " in done.stderr
        assert "hint: close it there, or open it read-only" in done.stderr
    assert remembered(lake) == [FIRST_MEMORY]
    assert leftovers(lake) == set()


def test_a_run_waits_for_a_writing_shell_and_keeps_what_it_wrote(tmp_path: Path, lake: Path) -> None:
    """Schema `my` belongs to the user."""
    with Shell(lake) as shell:
        shell.ask("create table my.notes as select 'keep me' as note")
        waiting = subprocess.Popen(
            command("ingest", "--wait", "30", second_export(tmp_path)),
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(1.5)
    _, said = waiting.communicate(timeout=PATIENCE_SECONDS)

    assert (waiting.returncode, said) == (0, "")
    assert remembered(lake) == BOTH
    with Shell(lake, "-readonly") as shell:
        assert shell.ask("from my.notes") == ["keep me"]


def test_what_a_killed_shell_committed_is_kept(tmp_path: Path, lake: Path) -> None:
    """It leaves a write-ahead log beside the database: readers and the next run see what is in it."""
    with Shell(lake) as shell:
        shell.ask("create table my.notes as select 'keep me' as note")
        shell.kill()
    assert (lake / "memlake.duckdb.wal").exists()
    seen_before = memlake.Lake(lake).sql("from my.notes").rows()

    done = memlake_process("ingest", second_export(tmp_path), cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert seen_before == memlake.Lake(lake).sql("from my.notes").rows() == [("keep me",)]
    assert remembered(lake) == BOTH
    assert leftovers(lake) == set()


def test_no_shell_can_write_what_a_running_job_would_lose(tmp_path: Path, lake: Path) -> None:
    """Until the new lake is in its place, the old one can be opened for reading only."""
    refused = []

    def try_to_write() -> None:
        shell = subprocess.run(
            ["duckdb", lake / "memlake.duckdb", "-c", "create table my.notes (note varchar)"],
            capture_output=True,
            text=True,
            check=False,
            env=environment(PATH=f"{Path(command()[0]).parent}:/usr/bin:/bin"),
        )
        refused.append((shell.returncode, "Could not set lock" in shell.stderr))

    summary = memlake.ingest(second_export(tmp_path), lake=lake, progress=Interruption(try_to_write))

    assert summary.exit_code == 0
    assert refused == [(1, True)]


def test_a_second_run_names_the_first(tmp_path: Path, lake: Path) -> None:
    """Its job and its process, and exit 5; after the run the lake is free again."""
    outcomes = []

    def ingest_too() -> None:
        done = memlake_process("ingest", "--lake", lake, tmp_path / "first-2026-01-01.zip", cwd=tmp_path)
        outcomes.append((done.returncode, done.stderr))

    memlake.ingest(second_export(tmp_path), lake=lake, progress=Interruption(ingest_too))

    ((exit_code, said),) = outcomes
    assert exit_code == 5
    assert f"{lake} is being written by another memlake (ingest, process " in said
    assert "hint: let it finish, or wait for it with --wait SECONDS" in said
    assert memlake_process("ingest", tmp_path / "first-2026-01-01.zip", cwd=tmp_path).returncode == 0


def test_a_second_run_that_waits_succeeds(tmp_path: Path, lake: Path) -> None:
    """Both exports are in."""
    waiting: list[subprocess.Popen[bytes]] = []

    def begin_another() -> None:
        waiting.append(
            subprocess.Popen(
                command("ingest", "--wait", "30", second_export(tmp_path)), cwd=tmp_path, env=environment()
            )
        )
        time.sleep(1.0)

    third = write_zip(tmp_path / "third.zip", tiny_files("third", remembers="Sails."))
    memlake.ingest(third, lake=lake, progress=Interruption(begin_another))

    assert waiting[0].wait(PATIENCE_SECONDS) == 0
    assert remembered(lake) == sorted([*BOTH, "Sails."])


def test_two_threads_take_turns(tmp_path: Path, lake: Path) -> None:
    """The lock holds inside one program, too."""
    errors = []

    def ingest_too() -> None:
        try:
            memlake.ingest(tmp_path / "first-2026-01-01.zip", lake=lake)
        except LakeUnavailableError as error:
            errors.append(error.message)

    def in_another_thread() -> None:
        thread = threading.Thread(target=ingest_too)
        thread.start()
        thread.join()

    memlake.ingest(second_export(tmp_path), lake=lake, progress=Interruption(in_another_thread))

    assert len(errors) == 1
    assert "is being written by another memlake (ingest, process " in errors[0]
    assert remembered(lake) == BOTH
