"""The labelled memories: they are as they say, and what is found in them is measured right."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from eval import evaluate_packs
from eval.packs_scoring import FOLDER, Section, confusion, judge, judged_memories, labelled_memories, packs_figures

from memlake.packs.categories import CATEGORIES
from memlake.packs.private import CLASSES, Detector

FILES = sorted(FOLDER.glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_labels_are_known_and_private_texts_stand_in_their_memory(file: Path) -> None:
    """Every memory has a language and a category, or the list of what is private in it."""
    for labelled in json.loads(file.read_bytes()):
        assert labelled["language"] in ("de", "en", "es", "ja")
        assert ("category" in labelled) != ("spans" in labelled)
        assert labelled.get("category", "other") in CATEGORIES
        assert all(span["class"] in CLASSES and span["text"] in labelled["text"] for span in labelled.get("spans", []))


@pytest.mark.parametrize("kind", ["categories", "private"])
def test_nothing_that_was_tuned_on_is_held_out(kind: str) -> None:
    """And there is enough of both: three hundred memories."""
    tuning, held = (
        {labelled["text"] for labelled in labelled_memories(section, kind)} for section in get_args(Section)
    )
    shared_count, smaller_count = len(tuning & held), min(len(tuning), len(held))  # no text in what a failure shows
    assert (shared_count, smaller_count >= 300) == (0, True)


def test_a_memory_is_judged_by_its_labels() -> None:
    """What was missed is told with its text, what is false with its class; a private one is not sorted."""
    detector = Detector()
    spans = [{"class": "passwords", "text": "tulip77"}, {"class": "finance", "text": "Likes tea."}]

    right = judge({"text": "Uses Vim.", "language": "en", "category": "tools"}, detector)
    missed = judge({"text": "Password: tulip77. Has asthma. Likes tea.", "language": "en", "spans": spans}, detector)

    assert (right.category, right.found_category, right.missed, right.false_labels) == ("tools", "tools", (), ())
    assert missed.category is None
    assert missed.missed == (("finance", "Likes tea."),)
    assert missed.false_labels == ("health",)
    assert list(evaluate_packs.errors([right, missed])) == [
        "finance - Likes tea.: Password: tulip77. Has asthma. Likes tea.",
        "health +: Password: tulip77. Has asthma. Likes tea.",
    ]


def test_figures_are_shares_of_what_they_are_about() -> None:
    """Accuracy of the sorted, recall of the labelled parts, false ones of the memories without the class."""
    detector = Detector()
    judged = [
        judge({"text": "Uses Vim.", "language": "en", "category": "tools"}, detector),
        judge({"text": "Uses Vim.", "language": "en", "category": "other"}, detector),
        judge({"text": "Has asthma.", "language": "de", "spans": []}, detector),
        judge({"text": "Likes tea.", "language": "de", "spans": [{"class": "health", "text": "tea"}]}, detector),
    ]

    measured = packs_figures(judged)

    assert measured.keys() == {"all", "language de", "language en"}
    assert (measured["all"]["sorted_count"], measured["all"]["category_accuracy"]) == (2, 0.5)
    assert (measured["all"]["private_count"], measured["all"]["health_recall"]) == (2, 0.0)
    assert (measured["all"]["health_false"], measured["all"]["passwords_recall"]) == (1.0, 1.0)
    assert measured["language en"]["health_false"] == 0.0
    assert "| other |  |  |  | 1 |  |  |" in confusion(judged)
    assert "wrongly" not in evaluate_packs.packs_table(measured)
    assert f"other > tools: Uses Vim.  ({judged[1].why})" in list(evaluate_packs.errors(judged))


def test_a_section_is_what_its_files_hold() -> None:
    """Both kinds of memories, in four languages alike."""
    judged = list(judged_memories("development"))
    assert len(Counter(memory.language for memory in judged)) == 4
    assert {memory.category is None for memory in judged} == {True, False}


def test_what_was_measured_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without figures before it fails; with the same ones it does not, with better ones before it does."""
    baseline = tmp_path / "baseline.json"
    assert evaluate_packs.main(["--baseline", str(baseline)]) == 1
    assert evaluate_packs.main(["--baseline", str(baseline), "--update-baseline", "--json"]) == 0
    assert evaluate_packs.main(["--baseline", str(baseline), "--errors"]) == 0

    figures = json.loads(baseline.read_text(encoding="utf-8"))
    figures["development"]["all"]["category_accuracy"] = 1.1
    figures["development"]["all"]["health_false"] = -0.1
    baseline.write_text(json.dumps(figures), encoding="utf-8")
    capsys.readouterr()

    assert evaluate_packs.main(["--baseline", str(baseline)]) == 1
    said = capsys.readouterr().err
    assert "worse: all: category_accuracy" in said
    assert "worse: all: health_false" in said


def test_errors_of_what_is_held_out_are_not_shown() -> None:
    """Whoever saw them could tune on them."""
    with pytest.raises(SystemExit):
        evaluate_packs.main(["--held-out", "--errors"])


def test_the_baseline_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is worse than when its figures were written, also on what is held out."""
    assert [evaluate_packs.main([]), evaluate_packs.main(["--held-out"])] == [0, 0]
    assert "right category" in capsys.readouterr().out
