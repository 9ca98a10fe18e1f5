"""Correcting probabilities by recorded links: only with enough of them, in the right direction, never past 0 or 1."""

from __future__ import annotations

import pytest

from memlake.lookup.calibration import FEWEST_RECORDED, Calibration, calibrate

MANY = 40
PROBABILITIES = (0.0, 1e-9, 0.05, 0.5, 0.8, 0.999, 1.0)


def test_few_answers_correct_nothing() -> None:
    """However wrong they were."""
    few = calibrate([(0.99, False)] * (FEWEST_RECORDED - 1))
    assert few == Calibration()
    assert [few.corrected(probability) for probability in PROBABILITIES] == list(PROBABILITIES)


def test_enough_answers_correct() -> None:
    """From twelve on, and the correction says on how many it rests."""
    assert calibrate([(0.9, True)] * FEWEST_RECORDED).count == FEWEST_RECORDED


def test_answers_that_were_too_sure_are_less_sure() -> None:
    """Half of the sure ones were wrong."""
    calibration = calibrate([(0.95, number % 2 == 0) for number in range(MANY)])
    assert calibration.corrected(0.95) < 0.8


def test_answers_that_were_too_modest_are_surer() -> None:
    """All of the unsure ones were right."""
    calibration = calibrate([(0.4, True)] * MANY)
    assert calibration.corrected(0.4) > 0.6


def test_honest_answers_stay_about_as_they_are() -> None:
    """Eight of ten at 80 %."""
    calibration = calibrate([(0.8, number % 5 > 0) for number in range(MANY)])
    assert calibration.corrected(0.8) == pytest.approx(0.8, abs=0.05)


@pytest.mark.parametrize("is_right", [True, False])
@pytest.mark.parametrize("probability", [0.0, 0.5, 1.0])
def test_the_surer_answer_stays_the_surer(probability: float, is_right: bool) -> None:  # noqa: FBT001 - a parameter
    """Also after answers that were all right or all wrong, at any probability."""
    calibration = calibrate([(probability, is_right)] * MANY)
    corrected = [calibration.corrected(each) for each in PROBABILITIES]
    assert corrected == sorted(corrected)
    assert all(0 < each < 1 for each in corrected)
