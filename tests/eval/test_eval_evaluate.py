"""The program behind the larger part of `make eval`: what it measures and refuses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from eval import evaluate, evaluate_prose, fit
from eval.exports import VARIANTS, Truth
from eval.lakes import make_lakes
from eval.people import load_people
from eval.scoring import Answer, Judged


@pytest.mark.parametrize("program", [evaluate, evaluate_prose, fit], ids=["evaluate", "evaluate_prose", "fit"])
def test_program_runs_as_it_is_typed(program: object, tmp_path: Path) -> None:
    """It finds what it imports from any folder."""
    script = getattr(program, "__file__", "")

    done = subprocess.run([sys.executable, script, "--help"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage:")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--people", "nobody"),
        ("--people", "ruth", "--held-out"),
        ("--variants", "never"),
        ("--update-baseline", "--people", "vera"),
        ("--update-baseline", "--variants", "dated"),
    ],
)
def test_combination_that_makes_no_sense_is_refused(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is measured: a part of the figures never becomes the baseline."""
    with pytest.raises(SystemExit) as stopped:
        evaluate.main(arguments)

    assert stopped.value.code == 2
    assert "error: " in capsys.readouterr().err


def test_cases_and_languages_have_figures() -> None:
    """A language is measured over all cases, so that one memory weighs little."""
    measured = evaluate.all_figures(
        {"dated, apart": [_unanswered("en"), _unanswered("ko")], "late": [_unanswered("en")]}
    )

    counts = {group: values["memory_count"] for group, values in measured.items()}
    assert counts == {"dated, apart": 2, "late": 1, "language en": 2, "language ko": 1}


def test_languages_are_compared_only_over_all_variants() -> None:
    """The baseline's are of all of them."""
    measured = {"dated, apart": {"auroc": 0.5}, "language en": {"auroc": 0.5}}

    assert evaluate.comparable(measured, ["dated"]) == {"dated, apart": {"auroc": 0.5}}
    assert evaluate.comparable(measured, VARIANTS) == measured


def _unanswered(language: str) -> Judged:
    truth = Truth(
        memory_id="m",
        person="kim",
        language=language,
        text="Keeps bees.",
        kind="unsaid",
        said_by="nobody",
        conversation_id=None,
        message_ids=frozenset(),
        said_at=None,
    )
    return Judged(truth=truth, answer=Answer())


def test_figures_do_not_depend_on_how_python_hashes_words(tmp_path: Path) -> None:
    """Every process orders sets in a way of its own; not a digit of any probability may follow that."""
    told = []
    ((lake, _),) = make_lakes(load_people(["ana"]), tmp_path, "undated", is_merged=False)
    for seed in ("1", "2", "3"):
        command = [sys.executable, "-m", "memlake", "--lake", str(lake), "lookup-sources", "--all", "--json"]
        done = subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True)
        told.append(done.stdout)

    assert len(set(told)) == 1
