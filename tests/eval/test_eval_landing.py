"""The labelled packs: they are as they say, and what is found of them is measured right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from eval import evaluate_landing
from eval.landing_people import Answer, PackedPerson, load_packed_people, load_packed_person, packed_names, simulate
from eval.landing_scoring import Judged, landing_figures, packed

from memlake.packs.landing import landing

_EACH = pytest.mark.parametrize("name", packed_names())


@_EACH
def test_a_person_has_thirty_to_sixty_memories(name: str) -> None:
    """As a list of memories has after some months, each with other words for it, and things to make up."""
    person = load_packed_person(name)

    assert 30 <= len(person.memories) <= 60
    assert len(set(person.memories)) == len(person.memories) == len(person.wordings)
    assert all(memory != wording for memory, wording in zip(person.memories, person.wordings, strict=True))
    assert len(person.merged) >= 5
    assert len(person.invented) >= 6


@_EACH
def test_a_memory_is_merged_once_at_most(name: str) -> None:
    """Two places or more go into one text."""
    person = load_packed_person(name)

    places = Counter(place for group, _ in person.merged for place in group)
    assert set(places.values()) == {1}
    assert all(len(group) > 1 for group, _ in person.merged)
    assert max(places) < len(person.memories)


def test_four_languages_have_people_on_both_sides() -> None:
    """One to look at while building, and one that nothing is fitted on."""
    people = load_packed_people(packed_names())

    assert Counter((person.language, person.is_held_out) for person in people) == dict.fromkeys(
        [(language, is_held_out) for language in ("de", "en", "es", "ja") for is_held_out in (False, True)], 1
    )


@_EACH
def test_an_answer_is_what_its_fates_say(name: str) -> None:
    """Each memory is there in the words of its fate, and the same seed gives the same answer."""
    person = load_packed_person(name)

    for seed in range(5):
        answer = simulate(person, seed)
        assert answer == simulate(person, seed)
        own = {"verbatim": person.memories, "reworded": person.wordings}
        for place, fate in enumerate(answer.fates):
            if fate in own:
                assert own[fate][place] in answer.texts
        merged = {place for group, text in person.merged if text in answer.texts for place in group}
        assert merged == {place for place, fate in enumerate(answer.fates) if fate == "merged"}
        assert set(answer.texts) >= answer.invented


def test_measures_count_what_is_right() -> None:
    """Of four memories: one told to have landed that has not, one told to be missing that is not."""
    person = PackedPerson(
        name="x",
        language="en",
        is_held_out=False,
        memories=("Plays the cello.", "Lives in Lyon.", "Grows chillies.", "Drives a van."),
        wordings=("", "", "", ""),
        merged=(),
        invented=("Sings.",),
    )
    known = ("Plays the cello.", "Lives in Lyon.", "Sings.")
    answer = Answer(
        person=person, texts=known, fates=("verbatim", "missing", "reworded", "missing"), invented=frozenset(["Sings."])
    )

    figures = landing_figures([Judged(answer=answer, found=landing(packed(person.memories), known))])["all"]

    assert figures == {
        "memory_count": 4,
        "landed_accuracy": 0.5,
        "landed_precision": 0.5,
        "landed_recall": 0.5,
        "verdict_accuracy": 1.0,
        "others_precision": 1.0,
        "others_recall": 1.0,
    }


def test_errors_name_what_was_judged_wrongly() -> None:
    """With the memory and where it was seen."""
    person = load_packed_person("rowan")
    answer = simulate(person, 1)
    found = landing(packed(person.memories), [])

    lines = list(Judged(answer=answer, found=found).errors())

    assert len(lines) == sum(fate != "missing" for fate in answer.fates)
    assert all(" missing: " in line for line in lines)


def test_the_evaluation_compares_with_its_baseline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is as good as the figures say, and says so; without figures it fails."""
    assert evaluate_landing.main([]) == 0
    assert "reached: landed_accuracy" in capsys.readouterr().out
    assert evaluate_landing.main(["--baseline", str(tmp_path / "none.json")]) == 1
    assert evaluate_landing.main(["--baseline", str(tmp_path / "new.json"), "--update-baseline"]) == 0
    assert evaluate_landing.main(["--baseline", str(tmp_path / "new.json"), "--json"]) == 0
    assert evaluate_landing.main(["--people", "minato", "--errors"]) == 0


def test_people_nothing_is_fitted_on_are_not_looked_at() -> None:
    """Their errors are not shown, and a part of the people is no baseline."""
    for words in (["--held-out", "--errors"], ["--people", "rowan", "--update-baseline"], ["--people", "imelda"]):
        with pytest.raises(SystemExit):
            evaluate_landing.main(words)
