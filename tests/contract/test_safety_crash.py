"""A run that is killed or interrupted at any moment leaves the old lake or the new one, whole."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.moments import Striker, chosen_moments
from support.tiny import FIRST_MEMORY, SECOND_MEMORY, lake_with_first_export, leftovers, remembered, second_export

import memlake

OLD = [FIRST_MEMORY]
NEW = sorted([FIRST_MEMORY, SECOND_MEMORY])


class Trial:
    """A run into the same lake, as often as wanted."""

    def __init__(self, folder: Path, striker: Striker) -> None:
        self.lake = folder / "lake"
        self.export = folder / "second-2026-02-01.zip"
        self.striker = striker
        self._untouched = folder / "untouched"
        shutil.copytree(self.lake, self._untouched)

    def restart(self) -> None:
        """Put the lake back as it was before any run."""
        shutil.rmtree(self.lake)
        shutil.copytree(self._untouched, self.lake)


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """Give a lake with one export, and a way to strike the run that brings in the second."""
    folder = tmp_path_factory.mktemp("trial")
    lake_with_first_export(folder)
    with Striker("ingest", second_export(folder), cwd=folder) as striker:
        yield Trial(folder, striker)


@pytest.fixture(scope="module")
def steps(trial: Trial) -> list[str]:
    """Return the steps of a run that nothing disturbs."""
    return trial.striker.steps()


def test_a_killed_run_leaves_the_old_lake_or_the_new_one(trial: Trial, steps: list[str]) -> None:
    """Whatever the moment, both the shell and memlake can go on, and the next run tidies up."""
    found = set()
    for moment in chosen_moments(steps, count=26):
        trial.restart()

        struck = trial.striker.strike(moment, signal.SIGKILL)

        after = remembered(trial.lake)
        assert (struck.exit_code, struck.stderr) == (-signal.SIGKILL, ""), steps[moment - 1]
        assert after in (OLD, NEW), steps[moment - 1]
        memlake.ingest(trial.lake.parent / "first-2026-01-01.zip", lake=trial.lake)
        assert leftovers(trial.lake) == set(), steps[moment - 1]
        found.add(tuple(after))
    assert found == {tuple(OLD), tuple(NEW)}


def test_the_run_after_a_killed_one_brings_the_export_in(trial: Trial, steps: list[str]) -> None:
    """Killed again and again before the lake is replaced, then left alone."""
    trial.restart()
    for moment in chosen_moments(steps[:-60], count=5):
        assert trial.striker.strike(moment, signal.SIGKILL).exit_code == -signal.SIGKILL

    summary = memlake.ingest(trial.export, lake=trial.lake)

    assert summary.exit_code == 0
    assert remembered(trial.lake) == NEW
    assert leftovers(trial.lake) == set()


def test_ctrl_c_at_any_moment_tidies_up_at_once(trial: Trial, steps: list[str]) -> None:
    """Exit 130, one line, and a lake that is as it was before or has the whole export, until only the lock is left."""
    for moment in chosen_moments(steps[:-10], count=14):
        trial.restart()

        struck = trial.striker.strike(moment, signal.SIGINT)

        assert struck.exit_code == 130, steps[moment - 1]
        assert [line for line in struck.stderr.splitlines() if line] == [
            "memlake: interrupted; the lake is as it was before, with the exports finished by then"
        ]
        assert remembered(trial.lake) in (OLD, NEW), steps[moment - 1]
        assert leftovers(trial.lake) == set(), steps[moment - 1]


def test_a_terminated_run_leaves_the_old_lake(trial: Trial, steps: list[str]) -> None:
    """SIGTERM, as a shutdown sends it."""
    trial.restart()

    struck = trial.striker.strike(len(steps) // 2, signal.SIGTERM)

    assert struck.exit_code == -signal.SIGTERM
    assert remembered(trial.lake) == OLD
