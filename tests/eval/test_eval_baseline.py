"""What became worse is told, what is as it was is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from eval.baseline import compare, differences, read_baseline, write_baseline

_BEFORE = {
    "all": {
        "recall_at_1": 0.8,
        "answered": 0.7,
        "calibration_error": 0.05,
        "echoes": 0.02,
        "memory_count": 9.0,
        "match_f1": 0.9,
        "change_count": 4.0,
    }
}


@pytest.mark.parametrize(
    ("change", "is_worse"),
    [
        ({}, None),
        ({"recall_at_1": 0.785}, None),
        ({"recall_at_1": 0.784}, True),
        ({"recall_at_1": 0.816}, False),
        ({"calibration_error": 0.07}, None),
        ({"calibration_error": 0.071}, True),
        ({"calibration_error": 0.02}, False),
        ({"echoes": 0.036}, True),
        ({"answered": 0.2}, None),
        ({"memory_count": 10.0}, True),
        ({"precision": 0.9}, True),
        ({"match_f1": 0.898}, True),
        ({"match_f1": 0.899}, None),
        ({"change_count": 5.0}, True),
    ],
)
def test_change_beyond_the_tolerance_is_told(change: dict[str, float], *, is_worse: bool | None) -> None:
    """Chance is let pass; other data, and figures that nobody vouches for, are not."""
    found = list(differences(_BEFORE, {"all": _BEFORE["all"] | change}))

    assert [(one.measure, one.is_worse) for one in found] == ([] if is_worse is None else [(*change, is_worse)])


def test_measure_that_vanished_is_told() -> None:
    """No figure is no pass."""
    after = {"all": {name: value for name, value in _BEFORE["all"].items() if name != "recall_at_1"}}

    (found,) = differences(_BEFORE, after)

    assert str(found) == "worse: all: recall_at_1 none, was 0.800"


def test_group_that_the_baseline_lacks_is_told() -> None:
    """A new variant needs new figures."""
    assert {one.is_worse for one in differences({}, _BEFORE)} == {True}


def test_group_that_was_not_measured_is_not_compared() -> None:
    """A run of one variant says nothing about the others."""
    assert list(differences(_BEFORE, {})) == []


def test_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Figures are rounded, and each part of the people has its own."""
    file = tmp_path / "baseline.json"

    assert read_baseline("development", file) is None
    write_baseline("held-out", {"all": {"auroc": 0.5}}, file)
    write_baseline("development", {"all": {"auroc": 0.87654}}, file)

    assert read_baseline("development", file) == {"all": {"auroc": 0.877}}
    assert read_baseline("held-out", file) == {"all": {"auroc": 0.5}}


@pytest.mark.parametrize(
    ("after", "exit_code", "told"),
    [
        (0.80, 0, ""),
        (0.85, 0, "better: all: recall_at_1 0.850, was 0.800\n"),
        (0.70, 1, "worse: all: recall_at_1 0.700, was 0.800\n"),
    ],
)
def test_fall_is_told_and_fails(
    after: float, exit_code: int, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who made it worse learns where."""
    write_baseline("development", {"all": {"recall_at_1": 0.8}}, tmp_path / "baseline.json")

    code = compare("development", {"all": {"recall_at_1": after}}, tmp_path / "baseline.json")

    assert (code, capsys.readouterr().err) == (exit_code, told)


def test_nothing_to_compare_with_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A check that has no figures has checked nothing, and says what to do."""
    write_baseline("development", {"all": {"recall_at_1": 0.8}}, tmp_path / "baseline.json")

    assert compare("held-out", {"all": {"recall_at_1": 0.8}}, tmp_path / "baseline.json") == 1
    assert "--update-baseline" in capsys.readouterr().err
