"""Answers: level, probability, quote and speaker of a finding, as the lake keeps them."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from support.findings import evidence, found, passage, question, scored

from memlake.lake.links import LookupRow
from memlake.lookup.answers import SURE_ENOUGH, answer, candidate_rows
from memlake.lookup.calibration import Calibration
from memlake.lookup.finding import Finding
from memlake.lookup.shortlist import Calendar

SAID = "Morning! I play the theremin in Utrecht."
LIKE: dict[str, Any] = {"sentence": 1.0, "order": 0.9}
MODEST, BOLD = Calibration(slope=1.0, offset=-3.0, count=20), Calibration(slope=1.0, offset=3.0, count=20)


def row(finding: Finding, calibration: Calibration = Calibration()) -> LookupRow:  # noqa: B008 - it is frozen
    """Return the row of a finding."""
    return answer(
        finding,
        calendar=Calendar((), (), ()),
        calibration=calibration,
        basis_key="b",
        titles={("a", "c1"): "Strings"},
    )


def said(content: str, text: str = SAID, probability: float = 0.9, **features: Any) -> Finding:  # noqa: ANN401
    """Return what was found for a memory in one message."""
    return found(content, scored(evidence(passage(text), **features), probability))


def test_a_sure_answer_has_a_place_and_a_quote() -> None:
    """That is cut out of the message, with the reason and the steps."""
    told = row(said("User plays the theremin in Utrecht.", **LIKE))

    assert (told.conversation_id, told.message_id, told.confidence, told.said_by) == ("c1", "n1", 0.9, "user")
    assert told.quote == "I play the theremin in Utrecht."
    assert SAID[told.quote_start : told.quote_end] == told.quote
    assert told.why
    assert (told.basis_key, told.run_id, told.memory_id) == ("b", None, "m")


def test_an_unsure_answer_is_none() -> None:
    """Its probability stays, the closest talk is the runner-up and stands in the reason."""
    told = row(said("User plays the theremin.", probability=SURE_ENOUGH - 0.01))

    assert (told.level, told.conversation_id, told.message_id, told.quote) == ("none", None, None, None)
    assert (told.quote_start, told.quote_end, told.said_by) == (None, None, "nobody")
    assert (told.confidence, told.runner_up_conversation_id) == (0.49, "c1")
    assert "Strings" in told.why


def test_without_candidates_nothing_is_sure() -> None:
    """Whatever the calibration."""
    told = row(found("User plays the theremin."), BOLD)
    assert (told.level, told.confidence, told.runner_up_conversation_id) == ("none", 0.0, None)
    assert orjson.loads(told.explanation) == []


@pytest.mark.parametrize(
    ("content", "text", "features", "level"),
    [
        ("Plays the theremin in Utrecht", "Who plays the theremin in Utrecht? Ida.", {}, "verbatim"),
        ("The user plays the theremin", "Plays the theremin", {}, "verbatim"),
        ("Plays the theremin", "Ida plays the theremins", {}, "paraphrase"),
        ("User plays the theremin", SAID, {"sentence": 1.0, "order": 1.0}, "verbatim"),
        ("User plays the theremin", SAID, {"sentence": 1.0, "order": 0.8}, "near_verbatim"),
        ("User plays the theremin", SAID, {"sentence": 0.4, "order": 1.0}, "paraphrase"),
        ("User plays the theremin", SAID, {"sentence": 1.0, "order": 0.4}, "paraphrase"),
        ("喜欢猫", "我喜欢猫。", {}, "verbatim"),
    ],
)
def test_the_level_says_how_alike_the_words_are(
    content: str, text: str, features: dict[str, float], level: str
) -> None:
    """The same in a row, nearly the same, or others."""
    assert row(said(content, text, **features)).level == level


@pytest.mark.parametrize(
    ("keys", "said_by"),
    [({}, "user"), ({"is_by_user": False}, "assistant"), ({"text": "Sum up:\n\n> I play the theremin."}, "document")],
)
def test_the_speaker_is_known(keys: dict[str, Any], said_by: str) -> None:
    """What was pasted is not said by the user."""
    message = passage(**{"text": "I play the theremin."} | keys)
    assert row(found("User plays the theremin.", scored(evidence(message)))).said_by == said_by


def test_a_quote_that_shares_nothing_is_the_best_sentence() -> None:
    """In another language the letters do not tell where it stands."""
    text = "Hallo. Meine Katze heißt anders."
    one = evidence(passage(text))
    second = evidence(passage(text), sentences=one.sentences[1:])
    told = row(found("xyzzy qwv", scored(second), asked=question("katze")))
    assert told.quote == "Meine Katze heißt anders."
    assert text[told.quote_start : told.quote_end] == told.quote


def test_a_message_without_sentences_has_a_quote_all_the_same() -> None:
    """The best that is there."""
    told = row(found("xyzzy", scored(evidence(passage("katze"), sentences=()))))
    assert told.quote == "katze"


def test_calibration_corrects_the_confidence() -> None:
    """Nothing that was inferred is certain."""
    finding = said("User plays the theremin.", probability=0.8)
    assert row(finding, MODEST).level == "none"
    assert row(finding, MODEST).confidence < 0.8 < row(finding, BOLD).confidence < 1
    assert row(said("User plays the theremin.", probability=1.0)).confidence < 1


def two_talks(first: float, second: float) -> Finding:
    """Return a finding with three messages in two talks."""
    messages = [
        passage("I play the theremin."),
        passage("The theremin!", message_id="n3"),
        passage("Theremin?", "c2", message_id="n2"),
    ]
    shares = (first * 0.75, first * 0.25, second)
    return found("User plays the theremin.", *map(scored, map(evidence, messages), shares))


@pytest.mark.parametrize("calibration", [Calibration(), MODEST, BOLD])
@pytest.mark.parametrize("shares", [(0.6, 0.3), (1.0, 0.0), (0.0, 0.0)])
def test_probabilities_of_candidates_stay_probabilities(shares: tuple[float, float], calibration: Calibration) -> None:
    """Those of the best talk sum to its corrected probability, all to 1 at most."""
    finding = two_talks(*shares)
    rows = candidate_rows(finding, calibration=calibration)

    assert [each.rank for each in rows] == [1, 2, 3]
    assert [each.message_id for each in rows] == ["n1", "n3", "n2"]
    assert sum(each.score for each in rows) <= 1 + 1e-5
    if shares[0]:
        best = sum(each.score for each in rows[:2])
        assert best == pytest.approx(calibration.corrected(finding.confidence), abs=1e-5)


def test_the_runner_up_is_another_talk() -> None:
    """Not another message of the best one."""
    assert row(two_talks(0.6, 0.3)).runner_up_conversation_id == "c2"
    assert row(said("User plays the theremin.")).runner_up_conversation_id is None


def test_at_most_ten_candidates_are_kept() -> None:
    """The best."""
    messages = [passage("theremin", f"c{number}") for number in range(1, 30)]
    rows = candidate_rows(
        found("theremin", *(scored(evidence(each), 1 / 30) for each in messages)), calibration=Calibration()
    )
    assert [each.conversation_id for each in rows] == [f"c{number}" for number in range(1, 11)]


@pytest.mark.parametrize("finding", [found("x"), found("x", scored(evidence(passage("x"))), memory_id=None)])
def test_nothing_found_or_no_memory_keeps_no_candidates(finding: Finding) -> None:
    """A text that was only asked for is stored nowhere."""
    assert candidate_rows(finding, calibration=Calibration()) == []
    assert row(finding).memory_id == (finding.memory.memory_id or "")
